import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { EVERY_TOOL } from '../../../contract/steps/selectors';
import type { Diagnostic } from '../../../diagnostics/diagnostic';
import { checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';

/** What a guardrail's intervention does. */
export enum GuardrailAction {
  /** Whatever the guardrail blocks or would mask is denied. */
  BLOCK = 'block',
  /** What the guardrail masks is passed on masked; what it blocks is denied. */
  MASK = 'mask',
  /** The guardrail is not run. */
  IGNORE = 'ignore',
}

export interface GuardrailOptions {
  /** Id of the guardrail, in the gateway's Region. */
  readonly guardrailId: string;
  /** Version, `DRAFT` or a number. */
  readonly guardrailVersion: string;
  /**
   * Full names (`target___tool`), or names of targets for all of their tools.
   *
   * @default - every tool
   */
  readonly tools?: string[];
  /** @default GuardrailAction.BLOCK */
  readonly inputs?: GuardrailAction;
  /** @default GuardrailAction.BLOCK */
  readonly outputs?: GuardrailAction;
  /**
   * Maximum number of characters of one message. A longer one is denied without running the guardrail.
   *
   * @default 25000
   */
  readonly maxCharacters?: number;
}

/** Runs an Amazon Bedrock guardrail on arguments and results. */
export class GuardrailStep extends InterceptorStep {
  constructor(private readonly options: GuardrailOptions) {
    super();
  }

  /** @internal */
  override _bind(scope: Construct, point: InterceptionPoint, index: number): StepBinding | undefined {
    const { guardrailId, guardrailVersion, tools = [EVERY_TOOL], maxCharacters = 25_000 } = this.options;
    const { inputs = GuardrailAction.BLOCK, outputs = GuardrailAction.BLOCK } = this.options;
    if ((point === 'REQUEST' ? inputs : outputs) === GuardrailAction.IGNORE) return undefined;
    const guardrailVariable = `GUARDRAIL_ID_${index}`;
    const versionVariable = `GUARDRAIL_VERSION_${index}`;
    const arn = Stack.of(scope).formatArn({ service: 'bedrock', resource: 'guardrail', resourceName: guardrailId });
    return {
      environment: { [guardrailVariable]: guardrailId, [versionVariable]: guardrailVersion },
      grant: (fn) => {
        iam.Grant.addToPrincipal({ grantee: fn, actions: ['bedrock:ApplyGuardrail'], resourceArns: [arn] });
      },
      config: () => ({ step: 'guardrail', tools, guardrailVariable, versionVariable, inputs, outputs, maxCharacters }),
    };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    return checkToolSelectors('guardrail', this.options.tools ?? [], context);
  }
}
