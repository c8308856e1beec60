export type { Principal } from '../contract/claims';
export { principalFromClaims, principalFromIam, unauthenticatedPrincipal } from '../contract/claims';
export type { EnforcementMode, Outcome, PolicyEnforcement, ValidationMode } from '../contract/decision';
export type { DeclaredInvariant } from '../contract/invariant';
export { LOCAL_GATEWAY_ARN } from '../contract/local-arn';
export type { DeclaredPack, PackEnd } from '../contract/pack';
export type { DesiredPolicy, PolicyOrigin } from '../contract/policy-set-document';
export type { Diagnostic, Location } from '../diagnostics/diagnostic';
export { GovernanceError } from '../diagnostics/governance-error';
export { renderText } from '../diagnostics/render-text';
export type { Severity } from '../diagnostics/severity';
export { authorize } from './decision/authorize';
export type { ConditionResult, ConditionValue } from './decision/evaluate-conditions';
export { type CandidateExplanation, type Explanation, explain, type FailedCondition } from './decision/explain';
export { listTools } from './decision/list-tools';
export type { Decision, DecisionFlip, PolicySetInput, ToolCall } from './decision/model';
export { PolicySet, preparePolicySet } from './decision/policy-set';
export { trustedContextGuards } from './guards/trusted-context-guards';
export { unlistedToolGuards } from './guards/unlisted-tool-guards';
export { Weekday } from './packs/calendar';
export type { AllowedValuesOptions } from './packs/kinds/allowed-values';
export type { AmountBelowOptions } from './packs/kinds/amount-below';
export type { BreakGlassOptions } from './packs/kinds/break-glass';
export type { EnvironmentsOptions } from './packs/kinds/environments';
export type { GrantsByGroup, GroupsOptions } from './packs/kinds/groups';
export type { OfficeHoursOptions } from './packs/kinds/office-hours';
export type { OwnRecordsOptions } from './packs/kinds/own-records';
export type { ReadOnlyOptions } from './packs/kinds/read-only';
export type { ScopesOptions, ToolsByScope } from './packs/kinds/scopes';
export type { Duties } from './packs/kinds/separation-of-duties';
export type { TrustedGeographyOptions } from './packs/kinds/trusted-geography';
export type { UntilDateOptions } from './packs/kinds/until-date';
export type { PackOptions } from './packs/pack';
export { PolicyPack } from './packs/policy-pack';
export type { CatalogTarget, PlatformSwitches } from './schema/catalog-target';
export { type GeneratedSchema, generateSchema } from './schema/schema';
export type { ToolSchema } from './schema/schema-json';
export {
  type InlinePolicyOptions,
  type LoadedPolicies,
  type LoadOptions,
  loadPolicies,
  PolicySource,
} from './source/source';
export type { SourceGateway } from './source/source-gateway';
export { ClaimOperand, claim } from './statements/claim';
export { PolicyCondition } from './statements/expression';
export { InputOperand, input } from './statements/input';
export { Invariant } from './statements/invariant';
export { NowOperand, now } from './statements/now';
export { forbid, PolicyStatement, type PolicyStatementProps, permit } from './statements/policy-statement';
export { PrincipalScope } from './statements/principal-scope';
export { ToolAction } from './statements/tool-action';
export type { MutantReport, MutantStatus, MutationReport } from './testing/mutation/mutate';
export { renderJUnit } from './testing/report/render-junit';
export { renderCoverage, renderMutation, renderReport } from './testing/report/render-report';
export type { ConditionCoverage, CoveragePoints, CoverageReport, PolicyCoverage } from './testing/run/coverage';
export type { CaseReport, CaseStatus, FileReport, TestReport } from './testing/run/report';
export { type PolicyTestOptions, type PolicyTestResult, testGateway, testPolicies } from './testing/test-policies';
export type { Condition, ConditionTree } from './text/conditions';
export { validatePolicySet } from './validation/validate';
export type { ValidationInput } from './validation/view/validation-input';
