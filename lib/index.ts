// The public surface, by name.

// Findings of other plugins
export { acknowledgeWildcard } from './constructs/findings/acknowledge';
export type { LogOptions } from './constructs/functions/sealed-function';
// What holds for many gateways
export { AllowedIdentity, type AllowedIdentityOptions } from './constructs/governance/allowed-identity';
export {
  type BaselineException,
  BaselineRule,
  type BaselineRules,
  RequiredStep,
} from './constructs/governance/baseline-rules';
export { GovernanceBaseline } from './constructs/governance/governance-baseline';
export { GovernedGateway } from './constructs/governed-gateway';
export type { GovernedGatewayProps } from './constructs/governed-gateway-props';
export type {
  DecisionMetricOptions,
  DenialMetricOptions,
  GatewayFunctions,
  IGovernedGateway,
  InvocationMetricOptions,
} from './constructs/i-governed-gateway';
// Who may call
export { Claim } from './constructs/identity/claim';
export type {
  CognitoIdentityOptions,
  MachineClientOptions,
  PeopleClientOptions,
} from './constructs/identity/cognito-options';
export { CustomClaim } from './constructs/identity/custom-claim';
export type { ExistingUserPoolOptions } from './constructs/identity/existing-user-pool-options';
export { Identity } from './constructs/identity/identity';
export type { OidcIdentityOptions, OidcTestUser } from './constructs/identity/oidc-identity';
export type { TestUser } from './constructs/identity/test-user';
export type { GovernedGatewayAttributes } from './constructs/imported-gateway';
export { HttpMessages } from './constructs/interceptors/http-messages';
// What happens before and after a call
export { Interceptor } from './constructs/interceptors/interceptor';
export { InterceptorStep } from './constructs/interceptors/interceptor-step';
export { SpoofResponse } from './constructs/interceptors/spoof-response';
export * from './constructs/interceptors/steps/steps';
export {
  type ClaimChoice,
  type TableFieldOptions,
  TrustedField,
  type TrustedFieldOptions,
  TrustedFieldType,
} from './constructs/interceptors/trusted-field';
export type {
  LocalOptions,
  LocalSql,
  LocalSqlGrant,
  LocalSqlRole,
  LocalSqlTable,
} from './constructs/manifest/local-options';
export { GatewayDashboard, type GatewayDashboardProps } from './constructs/operations/dashboard/gateway-dashboard';
// After the deployment
export { GatewayLogs, type GatewayLogsProps } from './constructs/operations/delivery/gateway-logs';
export { GatewayTraces, type GatewayTracesProps } from './constructs/operations/delivery/gateway-traces';
export { LogDestination, type LogGroupOptions } from './constructs/operations/delivery/log-destination';
export { GatewayAlarms, type GatewayAlarmsProps } from './constructs/operations/gateway-alarms';
export { EnforcementGuard, type EnforcementGuardOptions } from './constructs/operations/guard/enforcement-guard';
export { BlockNotices, type BlockNoticesProps, type IPolicyNotes } from './constructs/operations/notify/block-notices';
export { Notify } from './constructs/operations/notify/notify';
export type { SlackChannelOptions } from './constructs/operations/notify/slack-channel';
export { Observability, type StandardObservabilityOptions } from './constructs/operations/observability';
// The construct
export { EnforcementMode } from './constructs/policies/enforcement-mode';
// What they may call
export type { ApiGatewayToolsOptions } from './constructs/targets/api-gateway/api-gateway-options';
export { GovernedTarget, type GovernedTargetProps } from './constructs/targets/governed-target';
export type { OpenApiToolsOptions } from './constructs/targets/openapi/openapi-options';
export type { SmithyToolsOptions } from './constructs/targets/smithy/smithy-options';
export type { OperationFilter, OperationSelectionOptions } from './constructs/targets/source/operation-filter';
export type {
  ConfiguredToolsOptions,
  FunctionToolsOptions,
  HeaderOptions,
  HttpToolsOptions,
  McpServerToolsOptions,
  TargetOptions,
} from './constructs/targets/source/target-options';
export { type InlineTool, ToolList } from './constructs/targets/source/tool-list';
export { Tools } from './constructs/targets/tools';
export type { TypeScriptToolsOptions } from './constructs/targets/typescript/typescript-options';
export type { PolicyNote } from './contract/block-notices';
// Findings
export type { Diagnostic, Location } from './diagnostics/diagnostic';
export { GovernanceError } from './diagnostics/governance-error';
export type { Severity } from './diagnostics/severity';
export { Weekday } from './policy/packs/calendar';
export type { AllowedValuesOptions } from './policy/packs/kinds/allowed-values';
// What decides
export type { AmountBelowOptions } from './policy/packs/kinds/amount-below';
export type { BreakGlassOptions } from './policy/packs/kinds/break-glass';
export type { EnvironmentsOptions } from './policy/packs/kinds/environments';
export type { GrantsByGroup, GroupsOptions } from './policy/packs/kinds/groups';
export type { OfficeHoursOptions } from './policy/packs/kinds/office-hours';
export type { OwnRecordsOptions } from './policy/packs/kinds/own-records';
export type { ReadOnlyOptions } from './policy/packs/kinds/read-only';
export type { ScopesOptions, ToolsByScope } from './policy/packs/kinds/scopes';
export type { Duties } from './policy/packs/kinds/separation-of-duties';
export type { TrustedGeographyOptions } from './policy/packs/kinds/trusted-geography';
export type { UntilDateOptions } from './policy/packs/kinds/until-date';
export type { PackOptions } from './policy/packs/pack';
export { PolicyPack } from './policy/packs/policy-pack';
export { type InlinePolicyOptions, PolicySource } from './policy/source/source';
export { type ClaimOperand, claim } from './policy/statements/claim';
export { PolicyCondition } from './policy/statements/expression';
export { type InputOperand, input } from './policy/statements/input';
export { Invariant } from './policy/statements/invariant';
export { type NowOperand, now } from './policy/statements/now';
export { forbid, PolicyStatement, type PolicyStatementProps, permit } from './policy/statements/policy-statement';
export { PrincipalScope } from './policy/statements/principal-scope';
export { ToolAction } from './policy/statements/tool-action';
