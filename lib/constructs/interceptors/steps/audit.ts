import * as iam from 'aws-cdk-lib/aws-iam';
import type { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Construct } from 'constructs';
import { EVERY_TOOL } from '../../../contract/steps/selectors';
import type { Diagnostic } from '../../../diagnostics/diagnostic';
import { checkClaims, checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';

/** What happens to a call whose record could not be delivered. */
export enum DeliveryFailure {
  /** The call is denied, so that no call goes unrecorded. */
  DENY = 'deny',
  /** The call continues; the log group still has the record. */
  LOG = 'log',
}

export interface AuditedArguments {
  /**
   * Full names (`target___tool`), or names of targets for all of their tools.
   *
   * @default - every tool
   */
  readonly tools?: string[];
  /** Names of the arguments. */
  readonly names: string[];
}

export interface AuditOptions {
  /**
   * Claims that are recorded in addition to `sub`.
   *
   * @default - none
   */
  readonly claims?: string[];
  /**
   * Arguments that are recorded in clear text. All others are recorded only as part of a hash.
   *
   * @default - none
   */
  readonly arguments?: AuditedArguments[];
  /**
   * Whether the REQUEST interceptor records every call as well, before the policy decision. Calls then have two records.
   *
   * @default false
   */
  readonly recordRequests?: boolean;
  /**
   * Stream that receives every record, in addition to the log group.
   *
   * @default - none
   */
  readonly deliveryStream?: IDeliveryStream;
  /** @default DeliveryFailure.DENY */
  readonly onDeliveryFailure?: DeliveryFailure;
}

/** Writes one record per call, chained by hash. */
export class AuditStep extends InterceptorStep {
  constructor(private readonly options: AuditOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint, index: number): StepBinding | undefined {
    const {
      claims = [],
      recordRequests = false,
      deliveryStream,
      onDeliveryFailure = DeliveryFailure.DENY,
    } = this.options;
    if (point === 'REQUEST' && !recordRequests) return undefined;
    const streamVariable = `AUDIT_STREAM_${index}`;
    const names = (this.options.arguments ?? []).map(({ tools = [EVERY_TOOL], names }) => ({ tools, names }));
    const binding: StepBinding = {
      config: () => ({
        step: 'audit',
        points: recordRequests ? 'both' : 'response',
        claims,
        arguments: names,
        onDeliveryFailure,
        ...(deliveryStream && { streamVariable }),
      }),
    };
    if (deliveryStream === undefined) return binding;
    return {
      ...binding,
      environment: { [streamVariable]: deliveryStream.deliveryStreamName },
      grant: (fn) => {
        const resourceArns = [deliveryStream.deliveryStreamArn];
        iam.Grant.addToPrincipal({ grantee: fn, actions: ['firehose:PutRecord'], resourceArns });
      },
    };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const tools = (this.options.arguments ?? []).flatMap((entry) => entry.tools ?? []);
    return [
      ...checkToolSelectors('audit', tools, context),
      ...checkClaims('audit', this.options.claims ?? [], context),
    ];
  }
}
