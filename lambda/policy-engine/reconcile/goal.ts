import type { Log } from '../dependencies';
import type { ActualPolicy, TargetPolicy } from '../policies/policy';
import type { PolicyApi } from '../service/control-plane';
import type { ServiceCalls } from '../service/service-calls';
import type { Owner } from './judge';

/** What the policies of an engine are to become. */
export interface Goal {
  readonly targets: readonly TargetPolicy[];
  readonly marker: string;
  readonly mayOverwrite: (policy: ActualPolicy) => boolean;
  readonly removal: (policy: ActualPolicy) => Owner | undefined;
  /** Key of the request: creations of one request are sent with the same client tokens. */
  readonly requestId: string;
  /** Whether this is the way back of a failed change. */
  readonly restoring: boolean;
  /** Called with the id of each policy that is created. */
  readonly onCreated?: (policyId: string) => void;
  /** When the tick began. */
  readonly started: number;
  /** Called before the first change, and may throw to prevent it. */
  readonly beforeChange?: () => Promise<void>;
}

export interface ReconcileDependencies {
  readonly api: PolicyApi;
  readonly calls: ServiceCalls;
  readonly log: Log;
}
