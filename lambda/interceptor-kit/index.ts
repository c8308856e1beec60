// Public as `governed-gateway/interceptor`, by name.
export type { Claims } from '../../lib/contract/claims';
export type { InterceptorConfig, StepConfig } from '../../lib/contract/interceptor-config';
export type { Headers, InterceptorEvent, InterceptorOutput } from '../../lib/contract/interceptor-payload';
export type { CallerSelector, ToolSelectors } from '../../lib/contract/interceptor-selectors';
export type {
  AllowListStepConfig,
  ArgumentLimitsStepConfig,
  AuditStepConfig,
  GuardrailStepConfig,
  InputCheckStepConfig,
  RedactionStepConfig,
  RowScopeStepConfig,
  TokenExchangeStepConfig,
  ToolFilterStepConfig,
  TrustedContextStepConfig,
} from '../../lib/contract/interceptor-steps';
export type { JsonObject, JsonValue } from '../../lib/contract/json';
export type {
  Call,
  InitializeCall,
  ListCall,
  OtherCall,
  PromptCall,
  ResourceCall,
  ToolCall,
  ToolReference,
} from './call';
export { configuredSteps, requestInterceptor, responseInterceptor } from './compose';
export { DENIALS, type Denial, type DenialReason } from './denial';
export type { InterceptorHandler, Invocation } from './handler';
export { createLogger, type LogFields, type Logger } from './logger';
export { answer, deny, type Outcome, proceed, type RequestChanges, type ResponseChanges } from './outcome';
export { everyShape, type PayloadShape, type RefusedShape, refusedShapes } from './payload-shapes';
export { RequestHeaders } from './request-headers';
export { editResult, type ResultEdit } from './result-data';
export type { Conclusion, InterceptionPoint, Result, Step, StepContext } from './step';
export { allowList } from './steps/allow-list';
export { argumentLimits } from './steps/argument-limits';
export { type AuditEdges, audit } from './steps/audit';
export { type GuardrailEdges, guardrail } from './steps/guardrail';
export { inputCheck } from './steps/input-check';
export { redaction } from './steps/redaction';
export { rowScope } from './steps/row-scope';
export { type TokenExchangeEdges, tokenExchange } from './steps/token-exchange';
export { filterTools, type ToolPredicate, toolFilter } from './steps/tool-filter';
export { trustedContext } from './steps/trusted-context';
export type { TrustedContextEdges } from './steps/trusted-fill';
export { type TokenVerification, type VerifyTokenEdges, verifyToken } from './steps/verify-token';
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
export { editListing, listsTools, type ToolEdit } from './tool-listing';
