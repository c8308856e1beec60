import type { Construct } from 'constructs';
import type { LogOptions } from '../functions/sealed-function';
import type { IGovernedGateway } from '../i-governed-gateway';
import { GatewayLogs } from './delivery/gateway-logs';
import { GatewayTraces } from './delivery/gateway-traces';
import { LogDestination } from './delivery/log-destination';
import { GatewayAlarms } from './gateway-alarms';

/** What the standard observability of a gateway leaves open. */
export interface StandardObservabilityOptions {
  /**
   * Where the application log goes.
   *
   * @default LogDestination.cloudWatch()
   */
  readonly logs?: LogDestination;
  /**
   * Names of arguments, and of members of results, that nobody may see in logs and notices.
   *
   * @default - none; data of common kinds is masked all the same
   */
  readonly maskedFields?: string[];
}

/**
 * What a gateway shows of its work, as a prop of `GovernedGateway`. Every part can be had alone, as a construct over `IGovernedGateway`.
 *
 * @example
 * new GovernedGateway(this, 'Gateway', {
 *   mode: EnforcementMode.ENFORCE,
 *   observability: Observability.standard({ maskedFields: ['ssn'] }),
 * });
 */
export class Observability {
  /** Application log, traces, a count of denials by tool, and alarms. */
  static standard(options: StandardObservabilityOptions = {}): Observability {
    return new Observability(options);
  }

  private constructor(private readonly options: StandardObservabilityOptions) {}

  /**
   * Fields that nobody may see.
   *
   * @internal
   */
  get _maskedFields(): readonly string[] {
    return this.options.maskedFields ?? [];
  }

  /**
   * Makes the parts for a gateway, beside it.
   *
   * @internal
   */
  _bind(scope: Construct, gateway: IGovernedGateway, { logRetention: retention, ...rest }: LogOptions): void {
    const { logs = LogDestination.cloudWatch(), maskedFields } = this.options;
    const destination = logs._withDefaults({ retention, ...rest });
    new GatewayLogs(scope, 'Logs', { gateway, destination, maskedFields });
    new GatewayTraces(scope, 'Traces', { gateway });
    new GatewayAlarms(scope, 'Alarms', { gateway });
  }
}
