export { authorize } from './authorize';
export { listTools } from './list-tools';
export type { CatalogTarget, Decision, DecisionFlip, PlatformSwitches, PolicySetInput, ToolCall } from './model';
export { PolicySet, preparePolicySet } from './policy-set';
export { type GeneratedSchema, generateSchema } from './schema';
export type { ToolSchema } from './schema-json';
export { type InlinePolicyOptions, type LoadedPolicies, type LoadOptions, loadPolicies, PolicySource } from './source';
export { ToolAction } from './tool-action';
