import { quote } from '../../contract/cedar-string';
import { OAUTH_USER } from '../../contract/claims';
import type { PolicyEnforcement, ValidationMode } from '../../contract/decision';
import { classAction } from '../../contract/tool-classes/names';
import { ArgumentTypes } from './argument-types';
import { AllOf, AnyOf, conjunction, disjunction, type Expression, type PolicyCondition } from './expression';
import type { PrincipalScope } from './principal-scope';
import type { ToolAction } from './tool-action';

/** One statement. */
export interface PolicyStatementProps {
  /**
   * Id of the policy.
   * @default - `inline` and a number
   */
  readonly id?: string;
  /** @default - no description */
  readonly description?: string;
  /**
   * Tools that the statement applies to, from `target.tool('name')`.
   * @default - every tool, without conditions on arguments
   */
  readonly actions?: ToolAction[];
  /**
   * Classes of tools that the statement applies to, such as `read`, beside `actions`.
   * @default - none
   */
  readonly classes?: string[];
  /** @default PrincipalScope.oauthUsers() */
  readonly principal?: PrincipalScope;
  /** @default - no condition */
  readonly when?: PolicyCondition;
  /** @default - no condition */
  readonly unless?: PolicyCondition;
  /** Whether the policy decides, or is only evaluated for the log. @default 'ACTIVE' */
  readonly enforcement?: PolicyEnforcement;
  /** What the service does with findings of its own analysis. @default 'FAIL_ON_ANY_FINDINGS' */
  readonly validation?: ValidationMode;
}

/**
 * A statement that permits. Pass it to `PolicySource.fromStatement`.
 *
 * @example
 * permit({ actions: [gateway.target('refunds').tool('refund')], when: input('amount').lessThan('500') });
 */
export function permit(props: PolicyStatementProps): PolicyStatement {
  return PolicyStatement.permit(props);
}

/**
 * A statement that forbids, and so overrides every permit. Pass it to `PolicySource.fromStatement`.
 *
 * @example
 * forbid({ actions: [gateway.target('refunds').tool('refund')], unless: claim('department').equals('finance') });
 */
export function forbid(props: PolicyStatementProps): PolicyStatement {
  return PolicyStatement.forbid(props);
}

/**
 * One Cedar statement that is built in code.
 *
 * @example
 * gateway.addPolicies(
 *   PolicySource.fromStatement(PolicyStatement.permit({ actions: [gateway.target('notes').tool('read_note')] })),
 * );
 */
export class PolicyStatement {
  static permit(props: PolicyStatementProps): PolicyStatement {
    return new PolicyStatement('permit', props);
  }

  static forbid(props: PolicyStatementProps): PolicyStatement {
    return new PolicyStatement('forbid', props);
  }

  private constructor(
    readonly effect: 'permit' | 'forbid',
    private readonly props: PolicyStatementProps,
  ) {}

  /** The statement as Cedar text. Throws a GovernanceError for conditions that do not fit the tools. */
  toCedar(): string {
    const { id, description, enforcement, validation, principal, when, unless } = this.props;
    const annotations = Object.entries({ id, description, enforcement, validation }).flatMap(([name, value]) =>
      value === undefined ? [] : [`@${name}(${quote(value)})\n`],
    );
    const types = new ArgumentTypes(this.props.actions ?? []);
    const who = principal?._render() ?? `principal is ${OAUTH_USER}`;
    const scope = `${this.effect}(\n  ${who},\n  ${this.what()}\n)`;
    return `${annotations.join('')}${scope}${clause('when', when, types)}${clause('unless', unless, types)};\n`;
  }

  /** Named tools need a named gateway, and every tool goes with any. */
  private what(): string {
    const { actions: tools = [], classes = [] } = this.props;
    const names = [...classes.map(classAction), ...tools.map(({ name }) => name)];
    const actions = names.map((name) => `AgentCore::Action::${quote(name)}`);
    const [only] = actions;
    if (only === undefined) return 'action,\n  resource is AgentCore::Gateway';
    const isTool = classes.length === 0;
    const list = actions.length === 1 ? `${isTool ? '==' : 'in'} ${only}` : `in [\n    ${actions.join(',\n    ')}\n  ]`;
    return `action ${list},\n  resource == ?resource`;
  }
}

function clause(word: string, condition: PolicyCondition | undefined, types: ArgumentTypes): string {
  if (condition === undefined) return '';
  const { text } =
    condition instanceof AnyOf
      ? disjunction(rendered(condition.parts, types), ' ||\n  ')
      : conjunction(rendered(condition instanceof AllOf ? condition.parts : [condition], types), ' &&\n  ');
  return ` ${word} {\n  ${text}\n}`;
}

function rendered(parts: readonly PolicyCondition[], types: ArgumentTypes): Expression[] {
  return parts.map((part) => part._render(types));
}
