import type { JsonValue } from '../../../contract/json';
import type { Expr } from '../../cedar/cedar';
import { attributeReads } from '../../decision/attribute-reads';
import type { CallSpace } from '../encode/call-space';
import { variableOfKey } from '../encode/set-arguments';
import { type Formula, namesIn } from '../formula/formula';
import type { Witness } from '../witness/witness';

/** Something in which calls of one tool differ. */
export interface CallPart {
  readonly kind: 'claim' | 'caller' | 'argument' | 'time';
  /** Name of the claim or argument; `*` for all claims at once, where a policy computes the name. */
  readonly name: string;
}

export const TIME: CallPart = { kind: 'time', name: 'context.system.now' };
const CALLER: CallPart = { kind: 'caller', name: 'principal.id' };
const ALL_CLAIMS: CallPart = { kind: 'claim', name: '*' };

/** Parts that a formula asks about: claims and caller, then arguments, then the time. */
export function partsOf(formula: Formula, calls: CallSpace): CallPart[] {
  const found = namesIn(formula).flatMap((name) => readBy(name, calls));
  const rank = ({ kind, name }: CallPart): string => `${['caller', 'claim', 'argument', 'time'].indexOf(kind)}${name}`;
  const parts = new Map(found.map((part) => [rank(part), part]));
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

/** Whether a variable may have another value in a call that differs in a part. */
export function isReadBy(part: CallPart, variable: string, calls: CallSpace): boolean {
  return readBy(variable, calls).some(
    ({ kind, name }) => kind === part.kind && (name === part.name || name === '*' || part.name === '*'),
  );
}

/** The value of a part in a call; undefined where it is absent. */
export function valueOfPart({ kind, name }: CallPart, { call, claims }: Witness): JsonValue | undefined {
  switch (kind) {
    case 'argument':
      return call.input[name];
    case 'claim':
      return name === '*' ? claims : claims?.[name];
    case 'caller':
      return call.principal.id;
    case 'time':
      return call.now.toISOString();
  }
}

/** Parts of a call on which the value of a variable rests. */
function readBy(variable: string, calls: CallSpace): CallPart[] {
  if (variable === 'principal.id') return [CALLER];
  if (variable === 'now') return [TIME];
  if (/^claim[?:]/u.test(variable)) return [{ kind: 'claim', name: variable.slice('claim?'.length) }];
  if (variable.startsWith('[')) return [argumentAt(variable.replace(/\?$/u, ''))];
  if (variable.startsWith('opaque')) return readByExpression(variable, calls);
  const quotient = calls.quotients.get(variable);
  if (quotient !== undefined) return [...quotient.of.terms.keys()].flatMap((name) => readBy(name, calls));
  const set = calls.sets.variables.get(variable);
  if (set === undefined) throw new Error(`a variable of no call: ${variable}`);
  const keys = set.kind === 'has' ? [set.key] : set.kind === 'rest' ? set.except : [];
  return [argumentAt(set.set), ...keys.flatMap((key) => readBy(variableOfKey(key) ?? set.set, calls))];
}

function argumentAt(variable: string): CallPart {
  const [, name = ''] = JSON.parse(variable) as string[];
  return { kind: 'argument', name };
}

/** The name of an opaque variable is its expression, behind a colon; that of its failure ends in `!`. */
function readByExpression(variable: string, calls: CallSpace): CallPart[] {
  const expression = JSON.parse(variable.slice(variable.indexOf(':') + 1).replace(/!$/u, '')) as Expr;
  const reads = attributeReads([
    {
      effect: 'permit',
      principal: { op: 'All' },
      action: { op: 'All' },
      resource: { op: 'All' },
      conditions: [{ kind: 'when', body: expression }],
    },
  ]);
  const claims = reads.claims === 'all' ? [ALL_CLAIMS] : [...reads.claims].map(claimNamed);
  const every = [...calls.kind.tool.input.attributes.keys()];
  const read = [...reads.paths, ...reads.testedPaths].flatMap(([root, name]): CallPart[] => {
    if (root === 'system') return [TIME];
    const names = root === undefined || name === undefined ? every : [name];
    return [...names.map((one) => ({ kind: 'argument', name: one }) as const), ...(root === undefined ? [TIME] : [])];
  });
  return [...claims, ...[...reads.testedClaims].map(claimNamed), ...(reads.callerId ? [CALLER] : []), ...read];
}

function claimNamed(name: string): CallPart {
  return { kind: 'claim', name };
}
