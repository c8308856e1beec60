import * as iam from 'aws-cdk-lib/aws-iam';
import type { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Construct } from 'constructs';
import { PSEUDONYM_KEY_VARIABLE } from '../../../contract/decision-record/key-variable';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { checkClaims } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';

export interface DecisionRecordOptions {
  /**
   * Claims by name and arguments by JSON pointer (`/customer/id`) of which pseudonyms are recorded in place of values. A replay then knows
   * whether they are there and nothing else.
   *
   * @default - none: the values that policies read are recorded as they are
   */
  readonly pseudonymize?: string[];
  /**
   * Share of the calls that are recorded, above 0 and at most 1.
   *
   * @default 1
   */
  readonly sample?: number;
  /**
   * Stream that receives the lines.
   *
   * @default - the log groups of the two interceptors
   */
  readonly to?: IDeliveryStream;
}

/** Records what policies can read of each call of a tool, and how it ended. */
export class DecisionRecordStep extends InterceptorStep {
  constructor(private readonly options: DecisionRecordOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, _point: InterceptionPoint, index: number): StepBinding {
    const { pseudonymize = [], sample = 1, to } = this.options;
    const streamVariable = `DECISION_STREAM_${index}`;
    const binding: StepBinding = {
      config: (_tools, recorded) => ({
        step: 'decision-record',
        ...recorded(),
        pseudonymize,
        sample,
        keyVariable: PSEUDONYM_KEY_VARIABLE,
        ...(to && { streamVariable }),
      }),
      makesPseudonyms: true,
    };
    if (to === undefined) return binding;
    return {
      ...binding,
      environment: { [streamVariable]: to.deliveryStreamName },
      grant: (fn) => {
        const resourceArns = [to.deliveryStreamArn];
        iam.Grant.addToPrincipal({ grantee: fn, actions: ['firehose:PutRecord'], resourceArns });
      },
    };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const { pseudonymize = [], sample = 1 } = this.options;
    const claims = pseudonymize.filter((name) => !name.startsWith('/'));
    const isShare = sample > 0 && sample <= 1;
    return [
      ...checkClaims('decision-record', claims, context),
      ...(isShare ? [] : [diagnostic('INTERCEPTOR_SAMPLE', { sample })]),
    ];
  }
}
