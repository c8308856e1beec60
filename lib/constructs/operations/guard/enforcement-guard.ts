import type { Construct } from 'constructs';
import type { LogOptions } from '../../functions/sealed-function';
import type { Notify } from '../notify/notify';
import { GuardFunction } from './guard-function';
import type { WatchedGateway } from './watched-gateway';

/** Who is told what the guard sees. */
export interface EnforcementGuardOptions {
  /**
   * Who is told what the guard sees.
   *
   * @default - whom `notify` of the gateway's observability names; without that nobody, and the metric `EnforcementChanged` counts
   */
  readonly notify?: Notify[];
}

/**
 * Watches in the account whether a gateway is still what its stack declares: after every call of the control plane that changes gateways or
 * policies, after every deployment, and once an hour. What the stack's own deployments change is silent. Events of the control plane need a
 * trail in CloudTrail.
 *
 * @example
 * new GovernedGateway(this, 'Gateway', {
 *   mode: EnforcementMode.ENFORCE,
 *   enforcementGuard: EnforcementGuard.alarm({ notify: [Notify.topic(topic)] }),
 * });
 */
export class EnforcementGuard {
  /** Counts in the metric `EnforcementChanged`, and tells. */
  static alarm(options: EnforcementGuardOptions = {}): EnforcementGuard {
    return new EnforcementGuard(options, false);
  }

  /**
   * Also puts mode, engine, interceptors and exception level back, by an update that keeps everything else. Policies and targets it leaves to a
   * deployment.
   */
  static repair(options: EnforcementGuardOptions = {}): EnforcementGuard {
    return new EnforcementGuard(options, true);
  }

  private constructor(
    private readonly options: EnforcementGuardOptions,
    private readonly repairs: boolean,
  ) {}

  /**
   * Makes the guard of a gateway.
   *
   * @internal
   */
  _bind(scope: Construct, id: string, watched: WatchedGateway, logs: LogOptions): void {
    const { notify } = this.options;
    const own = notify?.map((each, index) => each._topic(scope, `${id}Notify${index + 1}`, logs));
    new GuardFunction(scope, id, { watched, logs, topics: own ?? watched.told, repairs: this.repairs });
  }
}
