// Public as `governed-gateway/interceptor`, by name.
export type { Claims } from '../../lib/contract/claims';
export type { InterceptorConfig, StepConfig } from '../../lib/contract/interceptor-config';
export type { Headers, InterceptorEvent, InterceptorOutput } from '../../lib/contract/interceptor-payload';
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
export { RequestHeaders } from './request-headers';
export { editResult, type ResultEdit } from './result-data';
export type { Conclusion, InterceptionPoint, Result, Step, StepContext } from './step';
export { trustedContext } from './steps/trusted-context';
export {
  type CallerOptions,
  everyShape,
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
