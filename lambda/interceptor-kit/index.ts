// Public as `governed-gateway/interceptor`, by name.
export type { Claims } from '../../lib/contract/claims';
export type { Headers, InterceptorEvent, InterceptorOutput } from '../../lib/contract/interceptor-payload';
export type { JsonObject, JsonValue } from '../../lib/contract/json';
export type { DeclaredChain, DeclaredStep } from '../../lib/contract/steps/declared-step';
export type { InterceptorConfig } from '../../lib/contract/steps/interceptor-config';
export type { CallerSelector, ToolSelectors } from '../../lib/contract/steps/selectors';
export type { StepConfig, StepConfigOf, StepConfigs, StepName } from '../../lib/contract/steps/step-configs';
export type { InterceptorHandler, LambdaContext } from './chain/handler';
export { createLogger, type LogFields, type Logger } from './chain/logger';
export { answer, deny, proceed, type RequestChanges, type ResponseChanges, type StepOutcome } from './chain/outcome';
export type { Conclusion, InterceptionPoint, Step, StepContext } from './chain/step';
export { type ChainHandler, configuredSteps, requestInterceptor, responseInterceptor } from './compose';
export type {
  Call,
  InitializeCall,
  ListCall,
  OtherCall,
  PromptCall,
  ResourceCall,
  ToolCall,
  ToolReference,
} from './message/call';
export { DENIALS, type Denial, type DenialReason } from './message/denial';
export { RequestHeaders } from './message/request-headers';
export type { Result } from './message/result';
export { editResult, type ResultEdit } from './message/result-data';
export { editListing, listsTools, type ToolEdit } from './message/tool-listing';
export { everyShape, type PayloadShape, type RefusedShape, refusedShapes } from './payload-shapes';
export * from './steps/built-in';
export { filterTools, type ToolPredicate } from './steps/tool-filter';
export type { TrustedContextDependencies } from './steps/trusted-context/fill';
export { type TokenVerification, type VerifyTokenDependencies, verifyToken } from './steps/verify-token';
export {
  type CallerOptions,
  message,
  requestEvent,
  responseEvent,
  resultOf,
  type TrialOptions,
  tokenOf,
  toolCall,
  toolListings,
  toolResult,
  tryRequest,
  tryResponse,
} from './testing';
