import { parse } from 'yaml';
import type { Outcome } from '../contract/decision';
import { isJsonObject } from '../contract/json';
import { GovernanceError } from '../diagnostics/governance-error';

/** A change or denial that is meant, with the reason why. */
export interface Expectation {
  /** Full name of the tool, or `*`. */
  readonly tool: string;
  /** @default - every caller */
  readonly caller?: string;
  /** Id of a policy that decides. @default - any */
  readonly policy?: string;
  /** What the call comes to. @default - anything */
  readonly to?: Outcome;
  readonly reason: string;
  /** Day after which nobody expects it any more. @default - no end */
  readonly until?: string;
}

/** What an expectation is held against. */
export interface Expected {
  readonly tool: string;
  readonly caller: string | undefined;
  readonly policies: readonly string[] | undefined;
  readonly to: Outcome;
}

/** The list of a file. Each says which of its members is wrong. */
export function readExpectations(file: string, text: string): Expectation[] {
  const wrong = (problem: string): GovernanceError => GovernanceError.of('DECISIONS_EXPECTATIONS', { file, problem });
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw wrong(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '').replaceAll('`', "'") : 'no YAML');
  }
  const list = isJsonObject(document) ? document['expected'] : document;
  if (!Array.isArray(list)) throw wrong('it has no list `expected`');
  return list.map((entry: unknown, index) => expectationOf(entry, (problem) => wrong(`entry ${index + 1} ${problem}`)));
}

const MEMBERS = ['tool', 'caller', 'policy', 'to', 'reason', 'until'];

function expectationOf(entry: unknown, wrong: (problem: string) => Error): Expectation {
  if (!isJsonObject(entry)) throw wrong('is no object');
  for (const [name, value] of Object.entries(entry)) {
    if (!MEMBERS.includes(name)) throw wrong(`has the unknown member \`${name}\``);
    if (typeof value !== 'string' || value === '') throw wrong(`has a \`${name}\` that is no text`);
  }
  const { tool, reason, to = 'DENY', until = '2026-01-01' } = entry as { readonly [member: string]: string };
  if (tool === undefined) throw wrong('has no `tool`');
  if (reason === undefined) throw wrong('has no `reason`');
  if (!['ALLOW', 'DENY', 'ERROR'].includes(to)) throw wrong('has a `to` that is none of ALLOW, DENY, ERROR');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until)) throw wrong('has an `until` that is no day such as 2026-12-31');
  return entry as unknown as Expectation;
}

/** Whether something is expected at a time: by an entry that has not run out. */
export function isExpected(expectations: readonly Expectation[], found: Expected, now: Date): boolean {
  const today = now.toISOString().slice(0, 10);
  return expectations.some(
    ({ tool, caller, policy, to, until }) =>
      (tool === '*' || tool === found.tool) &&
      (caller === undefined || caller === found.caller) &&
      (policy === undefined || found.policies?.includes(policy) === true) &&
      (to === undefined || to === found.to) &&
      (until === undefined || today <= until),
  );
}
