// The public surface, by name.
export type { Diagnostic, Location, Severity } from './diagnostics/diagnostic';
export { GovernanceError } from './diagnostics/governance-error';
