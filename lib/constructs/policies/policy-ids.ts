import { type IResolvable, Lazy, type Reference } from 'aws-cdk-lib';
import { POLICY_IDS_MAX, policyIdAttribute } from '../../contract/custom-resources';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';
import type { CompiledPolicies } from '../parts/gateway-view';

/** The policies whose ids somebody asks for. The service makes ids, so that they are attributes of the policy set. */
export class PolicyIds {
  /** Names of the policies that were asked about: a token for a list, empty ones left out of the template. */
  readonly names: IResolvable = Lazy.any({ produce: () => this.asked() }, { omitEmptyArray: true });
  private readonly policies = new Set<string>();

  /**
   * @param deployed the policies of the set as they are deployed, known at synthesis
   * @param attribute an attribute of the set's resource; undefined before there is one
   */
  constructor(
    private readonly deployed: () => readonly DesiredPolicy[],
    private readonly attribute: (name: string) => Reference | undefined,
  ) {}

  /** The id of a policy, by its id in the sources. */
  of(policy: string): string {
    this.policies.add(policy);
    const attribute = (): string => policyIdAttribute(this.nameOf(policy));
    return Lazy.string({ produce: () => this.attribute(attribute())?.toString() });
  }

  /** Findings about ids that were asked for. */
  findings({ policies, deployed }: Pick<CompiledPolicies, 'policies' | 'deployed'>): Diagnostic[] {
    const ids = [...new Set([...policies, ...deployed].map(({ id }) => id))];
    const unknown = [...this.policies].filter((policy) => !ids.includes(policy));
    const absent = [...this.policies].filter((id) => ids.includes(id) && !deployed.some((policy) => policy.id === id));
    const count = this.policies.size;
    return [
      ...absent.map((id) => {
        const parts = deployed.filter(({ partOf }) => partOf === id).map((part) => part.id);
        return diagnostic('GATEWAY_POLICY_IN_PARTS', { id, parts });
      }),
      ...unknown.map((id) => diagnostic('GATEWAY_POLICY_UNKNOWN', { id, suggestion: suggest(id, ids) })),
      ...(count > POLICY_IDS_MAX ? [diagnostic('GATEWAY_POLICY_IDS', { count, limit: POLICY_IDS_MAX })] : []),
    ];
  }

  private asked(): string[] {
    return [...this.policies].map((policy) => this.nameOf(policy)).sort();
  }

  /** A policy that is not deployed has no name, and is a finding. */
  private nameOf(policy: string): string {
    return this.deployed().find(({ id }) => id === policy)?.name ?? policy;
  }
}
