import { GovernanceError } from '../../../diagnostics/governance-error';
import type { CallCase, Expectation, ListCase } from '../file/test-file';
import { checkResult } from './check-result';
import type { CaseReport } from './report';
import { type CallResult, outcomeOf, type VerificationBackend } from './verification-backend';

const PROVES_NOTHING = 'the call failed, which proves nothing about the policies';

/** Runs one call and compares. */
export async function checkCall(test: CallCase, backend: VerificationBackend): Promise<CaseReport> {
  const { trusted, fixesTrusted, bypassesInterceptor, now } = test;
  const options = { trusted, fixesTrusted, bypassesInterceptor, ...(now === undefined ? {} : { now }) };
  const result = await backend.call(test.persona, test.tool, test.arguments, options).catch(failure);
  const about = { ...common(test), tool: test.tool, arguments: test.arguments, expected: expected(test.expect) };
  if (result.kind === 'not-applicable') return notApplicable(test, result.reason);
  const { faults, unchecked } = compare(test.expect, result);
  const why = faults.length === 0 ? [] : [...faults, ...('why' in result ? (result.why?.() ?? []) : [])];
  return { ...about, status: faults.length === 0 ? 'passed' : 'failed', got: got(result), why, unchecked };
}

/** A case that the backend cannot run at all. */
export function notApplicable(test: CallCase | ListCase, reason: string): CaseReport {
  const about =
    test.kind === 'list'
      ? { expected: expectedList(test) }
      : { tool: test.tool, arguments: test.arguments, expected: expected(test.expect) };
  return { ...common(test), ...about, status: 'not-applicable', got: 'not run', why: [reason], unchecked: [] };
}

/** Lists tools and compares. */
export async function checkList(test: ListCase, backend: VerificationBackend): Promise<CaseReport> {
  const about = { ...common(test), expected: expectedList(test), unchecked: [] };
  let tools: readonly string[];
  try {
    tools = await backend.listTools(test.persona, test.now);
  } catch (error) {
    return { ...about, status: 'failed', got: got(failure(error)), why: [PROVES_NOTHING] };
  }
  const missing = [...(test.exactly ?? []), ...test.includes].filter((tool) => !tools.includes(tool));
  const surplus = tools.filter(
    (tool) => test.excludes.includes(tool) || (test.exactly !== undefined && !test.exactly.includes(tool)),
  );
  const why = [
    ...missing.map((tool) => `\`${tool}\` is not listed`),
    ...surplus.map((tool) => `\`${tool}\` is listed`),
  ];
  return { ...about, status: why.length === 0 ? 'passed' : 'failed', got: listed(tools), why };
}

function compare(expect: Expectation, result: CallResult): { faults: string[]; unchecked: string[] } {
  const faults: string[] = [];
  const unchecked: string[] = [];
  if (result.kind === 'failed' || result.kind === 'not-applicable') {
    return { faults: [PROVES_NOTHING], unchecked };
  }
  const outcome = outcomeOf(result);
  const errorSeenAsDenial = expect.decision === 'ERROR' && result.kind === 'denied' && result.maybeError === true;
  if (outcome !== expect.decision && !errorSeenAsDenial) faults.push(`expected ${expect.decision}, got ${outcome}`);
  for (const member of ['determining', 'flips'] as const) {
    if (expect[member] === undefined) continue;
    const actual = result[member];
    if (actual === undefined) unchecked.push(member);
    else if (!sameSet(expect[member], actual)) {
      faults.push(`expected ${member} ${named(expect[member])}, got ${named(actual)}`);
    }
  }
  if (result.kind === 'denied' && result.lacksGivenValues) unchecked.push('by');
  else if (result.kind === 'denied' && expect.decision === 'DENY') faults.push(...wrongDenier(expect, result));
  if (expect.reason !== undefined) {
    const reason = result.kind === 'allowed' ? '' : result.reason;
    if (!reason.includes(expect.reason)) faults.push(`the reason does not contain \`${expect.reason}\`: \`${reason}\``);
  }
  if (expect.result !== undefined && result.kind === 'allowed') {
    if (result.answer === undefined) unchecked.push('result');
    else faults.push(...checkResult(expect.result, result.answer));
  }
  return { faults, unchecked };
}

/** That a call is denied says nothing about policies when it never came to them: a missing value or a broken step denies everything. */
function wrongDenier({ by, reason }: Expectation, denial: CallResult & { kind: 'denied' }): string[] {
  if (by !== undefined && by !== denial.by)
    return [`expected a denial by ${denierOf(by)}, got one by ${denierOf(denial.by)}`];
  const isSaid = by !== undefined || reason !== undefined;
  return denial.by === 'policy' || isSaid ? [] : ['the interceptor denies the call before any policy is asked'];
}

function denierOf(by: 'policy' | 'interceptor'): string {
  return by === 'policy' ? 'the policies' : 'the interceptor';
}

function common(test: CallCase | ListCase) {
  const { file, line, column } = test.location;
  return { name: test.name, persona: test.persona.name, location: { file, line, column } };
}

function failure(error: unknown): CallResult & { kind: 'failed' } {
  const findings = GovernanceError.is(error) ? error.diagnostics.map(({ message }) => message) : [];
  const message = findings.length > 0 ? findings.join('; ') : error instanceof Error ? error.message : String(error);
  return { kind: 'failed', message };
}

function expected(expect: Expectation): string {
  if (expect.by === 'interceptor') return `${expect.decision} by the interceptor`;
  return expect.determining === undefined ? expect.decision : `${expect.decision} by ${named(expect.determining)}`;
}

function got(result: CallResult): string {
  if (result.kind === 'failed')
    return `FAILED (${result.status === undefined ? '' : `${result.status}: `}${result.message})`;
  if (result.kind === 'not-applicable') return 'not run';
  const by =
    result.kind === 'denied' && result.by === 'interceptor' ? 'the interceptor' : named(result.determining ?? []);
  const outcome = outcomeOf(result);
  const decided = result.determining === undefined && by !== 'the interceptor' ? `${outcome}` : `${outcome} by ${by}`;
  return result.kind === 'allowed' ? decided : `${decided} (${result.reason})`;
}

function expectedList(test: ListCase): string {
  if (test.exactly !== undefined) return listed(test.exactly);
  const parts = [
    ...(test.includes.length > 0 ? [`with ${named(test.includes)}`] : []),
    ...(test.excludes.length > 0 ? [`without ${named(test.excludes)}`] : []),
  ];
  return `a list ${parts.join(', ')}`;
}

function listed(tools: readonly string[]): string {
  return tools.length === 0 ? 'no tools' : named(tools);
}

function named(names: readonly string[]): string {
  return names.length === 0 ? 'no policy' : names.map((name) => `\`${name}\``).join(', ');
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const members = new Set(right);
  return new Set(left).size === members.size && left.every((name) => members.has(name));
}
