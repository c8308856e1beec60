import type { Duration } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { LogOptions } from '../functions/sealed-function';
import type { IGovernedGateway } from '../i-governed-gateway';
import type { GatewayPart } from '../parts/gateway-part';
import { GatewayDashboard } from './dashboard/gateway-dashboard';
import { GatewayLogs } from './delivery/gateway-logs';
import { GatewayTraces } from './delivery/gateway-traces';
import { LogDestination } from './delivery/log-destination';
import { GatewayAlarms } from './gateway-alarms';
import { BlockNotices, type IPolicyNotes } from './notify/block-notices';
import type { Notify } from './notify/notify';

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
  /**
   * Commit that is deployed, for the header of the dashboard.
   *
   * @default - what a CI server says: GITHUB_SHA, CODEBUILD_RESOLVED_SOURCE_VERSION, CI_COMMIT_SHA or BUILD_SOURCEVERSION; else not said
   */
  readonly commit?: string;
  /**
   * Who is told of alarms and of blocked calls.
   *
   * @default - nobody; alarms change their state
   */
  readonly notify?: Notify[];
  /**
   * What one notice of blocked calls covers: 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly noticeWindow?: Duration;
}

/**
 * What a gateway says of itself to the parts.
 *
 * @internal
 */
export interface ObservabilityContext {
  /** Mode of the policy engine. */
  readonly mode: string;
  /** How the gateway keeps its other logs. */
  readonly kept: LogOptions;
  readonly policies: IPolicyNotes;
}

/**
 * What was made for a gateway.
 *
 * @internal
 */
export interface BoundObservability {
  readonly part: GatewayPart;
  /** Topics of whom `notify` names. */
  readonly told: readonly ITopic[];
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
  /** Application log, traces, a count of denials by tool, alarms, a dashboard, and notices of blocked calls. */
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
   * Makes the parts for a gateway, below a scope of their own. What they add to the gateway manifest is part of the answer.
   *
   * @internal
   */
  _bind(
    scope: Construct,
    gateway: IGovernedGateway,
    { mode, kept, policies }: ObservabilityContext,
  ): BoundObservability {
    const { logs = LogDestination.cloudWatch(), maskedFields, notify = [], noticeWindow: window } = this.options;
    const { logRetention: retention, ...rest } = kept;
    const destination = logs._withDefaults({ retention, ...rest });
    const { logGroup: applicationLogGroup } = new GatewayLogs(scope, 'Logs', { gateway, destination, maskedFields });
    new GatewayTraces(scope, 'Traces', { gateway });
    new GatewayDashboard(scope, 'Dashboard', { gateway, mode, commit: this.options.commit, applicationLogGroup });
    const alarms = new GatewayAlarms(scope, 'Alarms', { gateway });
    if (notify.length === 0) return { part: {}, told: [] };
    const options = { gateway, notify, window, maskedFields, policies, logs: kept };
    const notices = new BlockNotices(scope, 'Notices', options);
    const { topics, failed } = notices;
    const actions = topics.map((topic) => new SnsAction(topic));
    for (const alarm of [...alarms.all(), failed]) alarm.addAlarmAction(...actions);
    return { part: { manifest: () => ({ local: { notices: notices._preview() } }) }, told: topics };
  }
}
