import type { DesiredPolicy } from '../policy-set-document';
import { policyNameOf } from '../service-id';
import { type ClassifiedTarget, deployedPolicies, sourceId, wholeNames } from './deployed-policies';

/** Policies as they are written, and the tools that their classes stand for. */
export interface WrittenPolicies {
  readonly policies: readonly DesiredPolicy[];
  readonly targets: readonly ClassifiedTarget[];
}

/** Ids in the sources by what the service calls policies in decisions, logs and denials. */
export class SourceIds {
  private readonly byName = new Map<string, string>();
  /** Answers so far; the same few policies decide every call. */
  private readonly answers = new Map<string, string>();

  constructor(gateways: readonly WrittenPolicies[]) {
    const written = gateways.flatMap(({ policies }) => policies);
    const deployed = gateways.flatMap(({ policies, targets }) => deployedPolicies(policies, targets));
    for (const { id } of written) this.byName.set(id, id);
    for (const policy of [...written, ...deployed]) this.byName.set(policy.name, sourceId(policy));
  }

  /**
   * The id of a policy, by its name or its id on the service. A part leads to the policy that it is a part of, also one of an earlier deployment,
   * when a class had other tools. What is no policy of these gateways stays as it is, without the suffix.
   */
  of(policy: string): string {
    const answer = this.answers.get(policy) ?? this.found(policy);
    this.answers.set(policy, answer);
    return answer;
  }

  /** As {@link of}, of several, each once. */
  all(policies: readonly string[]): string[] {
    return [...new Set(policies.map((policy) => this.of(policy)))];
  }

  private found(policy: string): string {
    const name = policyNameOf(policy);
    const known = this.byName.get(policy) ?? this.byName.get(name);
    if (known !== undefined) return known;
    const whole = wholeNames(name, this.byName.keys())[0];
    return (whole === undefined ? undefined : this.byName.get(whole)) ?? name;
  }
}
