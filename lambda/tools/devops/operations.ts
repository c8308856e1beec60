/** Environments of the fleet. What may be done in which of them is for the policies, and in the cloud for IAM as well. */
export const ENVIRONMENTS = ['production', 'staging', 'dev'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

export const METRICS = ['CPUUtilization', 'MemoryUtilization'] as const;

export type Metric = (typeof METRICS)[number];

/** One measured value. */
export interface DataPoint {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly value: number;
}

/** What can be done to the fleet. Each operation throws a ToolError for what does not exist. */
export interface Operations {
  /** Replaces the running tasks of a service one after the other. */
  restartService(environment: Environment, service: string): Promise<{ readonly deployment_id: string }>;
  terminateInstance(environment: Environment, instanceId: string): Promise<{ readonly state: string }>;
  /** Deletes streams of a log group that got no event since the given time. */
  cleanLogs(logGroup: string, before: Date): Promise<{ readonly deleted: number; readonly more: boolean }>;
  /** Averages of five minutes each. */
  getMetrics(environment: Environment, service: string, metric: Metric, since: Date): Promise<DataPoint[]>;
}
