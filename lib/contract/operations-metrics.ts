/**
 * Metrics that this library publishes itself, because the platform has none. Their dimension `Gateway` is the gateway's name: the functions
 * that publish them are created before the gateway, so that they cannot know its id.
 */
export const OPERATIONS_NAMESPACE = 'GovernedGateway';

export const OPERATIONS_METRICS = {
  /** Calls that interceptors or policies refused, as their callers saw it. Sets {Gateway} and {Gateway, Tool}. */
  refusedCalls: 'RefusedCalls',
  /** Changes of mode, engine, policies or interceptors that no deployment made. Set {Gateway}. */
  enforcementChanged: 'EnforcementChanged',
} as const;

/** Dimensions of these metrics. */
export const OPERATIONS_DIMENSIONS = { gateway: 'Gateway', tool: 'Tool' } as const;
