import { type IResolvable, Lazy, type Reference } from 'aws-cdk-lib';
import { POLICY_IDS_MAX, policyIdAttribute } from '../../contract/custom-resources';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';
import { policyName } from '../../policy/source/policy-name';

/** The policies whose ids somebody asks for. The service makes ids, so that they are attributes of the policy set. */
export class PolicyIds {
  /** Names of the policies that were asked about: a token for a list, empty ones left out of the template. */
  readonly names: IResolvable = Lazy.any({ produce: () => this.asked() }, { omitEmptyArray: true });
  private readonly policies = new Set<string>();

  /**
   * @param nameSeed of the set
   * @param attribute an attribute of the set's resource; undefined before there is one
   */
  constructor(
    private readonly nameSeed: string,
    private readonly attribute: (name: string) => Reference | undefined,
  ) {}

  /** The id of a policy, by its id in the sources. */
  of(policy: string): string {
    this.policies.add(policy);
    const attribute = policyIdAttribute(policyName(this.nameSeed, policy));
    return Lazy.string({ produce: () => this.attribute(attribute)?.toString() });
  }

  /** What is wrong with what was asked for. */
  findings(declared: readonly DesiredPolicy[]): Diagnostic[] {
    const ids = declared.map(({ id }) => id);
    const unknown = [...this.policies].filter((policy) => !ids.includes(policy));
    const count = this.policies.size;
    return [
      ...unknown.map((id) => diagnostic('GATEWAY_POLICY_UNKNOWN', { id, suggestion: suggest(id, ids) })),
      ...(count > POLICY_IDS_MAX ? [diagnostic('GATEWAY_POLICY_IDS', { count, limit: POLICY_IDS_MAX })] : []),
    ];
  }

  private asked(): string[] {
    return [...this.policies].map((policy) => policyName(this.nameSeed, policy)).sort();
  }
}
