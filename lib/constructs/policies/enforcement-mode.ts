/**
 * What a policy decision does to a call. There is no default, so that the choice is made on purpose.
 * Source: AgentCore developer guide, page policy-enforcement-modes.
 */
export enum EnforcementMode {
  /** Decisions are logged; every authenticated call goes through. */
  LOG_ONLY = 'LOG_ONLY',
  /** A call that no policy permits, or one forbids, is denied. */
  ENFORCE = 'ENFORCE',
}
