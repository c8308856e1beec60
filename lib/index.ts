// The public surface, by name.

// The construct
export { EnforcementMode } from './constructs/enforcement-mode';
export { GovernedGateway } from './constructs/governed-gateway';
export type { GovernedGatewayProps } from './constructs/governed-gateway-props';
export { Claim } from './constructs/identity/claim';
export { Identity } from './constructs/identity/identity';
export { Interceptor } from './constructs/interceptors/interceptor';
export { InterceptorStep } from './constructs/interceptors/interceptor-step';
export { SpoofResponse } from './constructs/interceptors/spoof-response';
export {
  type ClaimChoice,
  type TableFieldOptions,
  TrustedField,
  type TrustedFieldOptions,
  TrustedFieldType,
} from './constructs/interceptors/trusted-field';
export type { LocalOptions, LocalSql, LocalSqlGrant, LocalSqlRole, LocalSqlTable } from './constructs/local-options';
export { GovernedTarget, type GovernedTargetProps } from './constructs/targets/governed-target';
export { Tools } from './constructs/targets/tools';
// Findings
export type { Diagnostic, Location, Severity } from './diagnostics/diagnostic';
export { GovernanceError } from './diagnostics/governance-error';
// Policies
export { type InlinePolicyOptions, PolicySource } from './policy/source';
export { ToolAction } from './policy/tool-action';
