import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  BLOCK_NOTICES_CONFIG_FILE,
  type BlockNoticesConfig,
  type BlockNoticesEnvironment,
  type PolicyNote,
} from '../../../contract/block-notices';
import type { FunctionManifest } from '../../../contract/manifest';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { lambdaBundle } from '../../functions/lambda-bundle';
import { LateAsset } from '../../functions/late-asset';
import { type LogOptions, SealedFunction } from '../../functions/sealed-function';
import type { IGovernedGateway } from '../../i-governed-gateway';
import { RUNBOOK } from '../runbook';
import { allowPublish } from './notice-topic';
import type { Notify } from './notify';

/** Names what notices say of policies. */
export interface IPolicyNotes {
  /** The policies as they stand. Called at synthesis. */
  policyNotes(): PolicyNote[];
}

/** Who is told of blocked calls, and how often. */
export interface BlockNoticesProps {
  /** A gateway with `observability`, of this app or of another one that says its `denialLogGroup`. */
  readonly gateway: IGovernedGateway;
  readonly notify: Notify[];
  /**
   * What one notice covers: 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes. A notice is sent up to two minutes after its window.
   *
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;
  /**
   * Names of arguments that nobody may see.
   *
   * @default - none, beside what the denial lines mask already
   */
  readonly maskedFields?: string[];
  /**
   * What notices say of policies.
   *
   * @default - their ids
   */
  readonly policies?: IPolicyNotes;
  /**
   * How the log groups of the functions are kept.
   *
   * @default - a year, retained
   */
  readonly logs?: LogOptions;
}

const WINDOWS = [2, 3, 4, 5, 6, 10, 12, 15, 20, 30];
const TIMEOUT = Duration.minutes(2);
const MEMORY_MB = 256;
const BUNDLE = ['index.js', 'index.js.map'];

/**
 * Tells people what a gateway blocked: one message per caller, tool and reason in each window. A function reads the denials of the window from
 * the log of the RESPONSE interceptor and publishes to topics; it may do nothing else.
 *
 * Throws a GovernanceError for a gateway whose denials are in no known log group, and for a window that no schedule has.
 *
 * @example
 * new BlockNotices(this, 'Notices', { gateway, notify: [Notify.topic(topic)] });
 */
export class BlockNotices extends Construct {
  /** What notices and alarms are published to. */
  readonly topics: sns.ITopic[];
  /** Notices could not be written or sent. */
  readonly failed: cloudwatch.Alarm;

  private readonly asset: LateAsset;
  private readonly environment: BlockNoticesEnvironment;

  constructor(scope: Construct, id: string, props: BlockNoticesProps) {
    super(scope, id);
    const { gateway, notify, window = Duration.minutes(5), logs: kept = KEPT } = props;
    const { denialLogGroup } = gateway;
    if (denialLogGroup === undefined) throw GovernanceError.of('OBSERVABILITY_NO_DENIALS', { path: gateway.node.path });
    const minutes = window.toMinutes({ integral: false });
    if (!WINDOWS.includes(minutes))
      throw GovernanceError.of('OBSERVABILITY_NOTICE_WINDOW', { given: window.toString() });
    this.topics = notify.map((each, index) => each._topic(this, `Notify${index + 1}`, kept));
    const environment: BlockNoticesEnvironment = {
      GATEWAY_NAME: gateway.gatewayName,
      LOG_GROUP: denialLogGroup.logGroupName,
      TOPIC_ARNS: this.topics.map((topic) => topic.topicArn).join(','),
      WINDOW_MINUTES: String(minutes),
    };
    const files = (): { [name: string]: string | { copyFrom: string } } => ({
      ...Object.fromEntries(BUNDLE.map((name) => [name, { copyFrom: join(lambdaBundle('block-notices'), name) }])),
      [BLOCK_NOTICES_CONFIG_FILE]: JSON.stringify(configOf(props)),
    });
    this.environment = environment;
    this.asset = LateAsset.folder(this, files);
    const { function: fn } = new SealedFunction(this, 'Function', {
      ...kept,
      code: this.asset.asCode(),
      handler: 'index.tell',
      description: 'Tells people what an AgentCore gateway blocked',
      timeout: TIMEOUT,
      memorySize: MEMORY_MB,
      environment: { ...environment },
    });
    denialLogGroup.grant(fn, 'logs:FilterLogEvents');
    for (const topic of this.topics) allowPublish(topic, fn);
    const schedule = events.Schedule.cron({ minute: `1/${minutes}` });
    new events.Rule(this, 'Schedule', { schedule, targets: [new LambdaFunction(fn)] });
    this.failed = new cloudwatch.Alarm(this, 'Failed', {
      metric: fn.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: RUNBOOK.notices,
    });
  }

  /**
   * The function as the emulator runs it, to show notices. Only valid during synthesis.
   *
   * @internal
   */
  _preview(): FunctionManifest {
    // Topics are nobody's business here: nothing is told.
    const { TOPIC_ARNS: _, ...environment } = this.environment;
    return {
      asset: this.asset.directory(),
      handler: 'index.preview',
      environment: Stack.of(this).resolve(environment) as FunctionManifest['environment'],
      timeoutSeconds: TIMEOUT.toSeconds(),
      memoryMb: MEMORY_MB,
    };
  }
}

const KEPT: LogOptions = { logRetention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN };

function configOf({ policies, maskedFields = [] }: BlockNoticesProps): BlockNoticesConfig {
  return { version: 1, policies: policies?.policyNotes() ?? [], maskedFields };
}
