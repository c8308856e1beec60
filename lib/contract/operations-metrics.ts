/**
 * Metrics that this library publishes itself, because the platform has none. Their dimension `Gateway` is the gateway's name: it is
 * fixed at synth, and known to functions that are created before the gateway has an id.
 */
export const OPERATIONS_NAMESPACE = 'GovernedGateway';

export const OPERATIONS_METRICS = {
  /** Changes of mode, engine, policies or interceptors that no deployment made. Set {Gateway}. */
  enforcementChanged: 'EnforcementChanged',
} as const;

/** Dimensions of these metrics. */
export const OPERATIONS_DIMENSIONS = { gateway: 'Gateway' } as const;
