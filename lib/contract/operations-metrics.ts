/**
 * Metrics that this library publishes itself, because the platform has none. Their dimension `Gateway` is the gateway's name: it is
 * fixed at synth, and known to functions that are created before the gateway has an id.
 */
export const OPERATIONS_NAMESPACE = 'GovernedGateway';

export const OPERATIONS_METRICS = {
  /** Changes of mode, engine, policies or interceptors that no deployment made. Set {Gateway}. */
  enforcementChanged: 'EnforcementChanged',
  /** Messages that were denied, by policies or interceptors. Sets {Gateway} and {Gateway, Tool}. */
  denials: 'Denials',
} as const;

/** Dimensions of these metrics. */
export const OPERATIONS_DIMENSIONS = { gateway: 'Gateway', tool: 'Tool' } as const;

/** Tool of denials of whatever is no tool that was known at synth. Clients choose names, and each value of a dimension is a series. */
export const OTHER_TOOL = 'other';
