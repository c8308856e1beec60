import type { CedarRequest, CedarValueJson, EntityJson, Expr, PolicyJson } from '../cedar/cedar';
import { contextPath, isVariable, operandsOf, operatorOf } from '../cedar/expression';

/** Names, or everything where a policy reads by other means than names that it writes out. */
type Names = ReadonlySet<string> | 'all';

/** What policies look at of a request. The rest cannot matter to them, and costs time to hand over. */
export interface Observed {
  readonly tags: Names;
  readonly input: Names;
  readonly system: boolean;
}

/** Reads off policies what they look at. */
export function observedBy(policies: readonly PolicyJson[]): Observed {
  const observation = new Observation();
  for (const { conditions } of policies) for (const { body } of conditions) observation.see(body);
  const { tags, input, system } = observation;
  return { tags, input, system };
}

class Observation {
  tags: Set<string> | 'all' = new Set();
  input: Set<string> | 'all' = new Set();
  system = false;

  see(expression: Expr): void {
    const path = contextPath(expression);
    if (path !== undefined) this.reads(path);
    else this.seeOperator(expression);
  }

  private seeOperator(expression: Expr): void {
    const [operator, operand] = operatorOf(expression);
    if (operator === 'hasTag' || operator === 'getTag') this.readsTag(operand.left, operand.right);
    for (const part of operandsOf(expression)) this.see(part);
  }

  private reads([member, argument]: readonly string[]): void {
    if (member === undefined || member === 'system') this.system = true;
    if (member === undefined || (member === 'input' && argument === undefined)) this.input = 'all';
    if (member === 'input' && argument !== undefined && this.input !== 'all') this.input.add(argument);
  }

  private readsTag(owner: Expr, name: Expr): void {
    const isPlain = isVariable(owner, 'principal') && 'Value' in name && typeof name.Value === 'string';
    if (!isPlain) this.tags = 'all';
    else if (this.tags !== 'all') this.tags.add(name.Value as string);
  }
}

/** A request without what nobody looks at. */
export function narrowed(request: CedarRequest, observed: Observed): CedarRequest {
  const { input, system } = request.context;
  const [principal, ...others] = request.entities;
  const context: CedarRequest['context'] = { input: only(input as Members, observed.input) };
  if (observed.system && system !== undefined) context['system'] = system;
  return { ...request, context, entities: principal ? [narrowedEntity(principal, observed.tags), ...others] : [] };
}

type Members = { readonly [name: string]: CedarValueJson };

function narrowedEntity(principal: EntityJson, names: Names): EntityJson {
  return { ...principal, tags: only(principal.tags ?? {}, names) };
}

function only(members: Members, names: Names): { [name: string]: CedarValueJson } {
  if (names === 'all') return { ...members };
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.has(name)));
}
