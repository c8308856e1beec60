import type { CheckedInvariant, Counterexample } from '../policy/proof/invariants/check-invariants';
import { describePolicies, shownInput, unfilledFields } from '../policy/proof/invariants/describe-call';
import { type CaseReport, summarize, type TestReport } from '../policy/testing/run/report';
import type { GatewayInput } from './gateway-input';
import { callersOf } from './gateway-views';

/** A gateway with the verdicts on its invariants. */
export interface ProvedGateway {
  readonly gateway: GatewayInput;
  readonly checked: readonly CheckedInvariant[];
}

/** Verdicts for a person: proved for which tools, broken by which call, or why not decided; and what all of it rests on. */
export function proofText({ gateway, checked }: ProvedGateway): string {
  const lines = checked.flatMap((one) => verdictLines(one, gateway));
  return `${[gateway.label, ...lines, ...assumptions(gateway)].join('\n')}\n`;
}

function verdictLines({ invariant: { sentence, origin }, verdict }: CheckedInvariant, gateway: GatewayInput): string[] {
  const place = `${origin.file}:${origin.line}`;
  switch (verdict.kind) {
    case 'proved':
      return [`proved     ${sentence}`, `           for ${verdict.tools.join(', ')} (${place})`];
    case 'vacuous':
      return [`vacuous    ${sentence}`, `           it describes no call, so that it proves nothing (${place})`];
    case 'undecided':
      return [`undecided  ${sentence}`, `           for ${verdict.tools.join(', ')}: ${verdict.reason} (${place})`];
    case 'broken':
      return [
        `broken     ${sentence}`,
        `           for ${verdict.tools.join(', ')} (${place})`,
        ...counterexampleLines(verdict.counterexample, gateway).map((line) => `           ${line}`),
      ];
  }
}

/** Verdicts as a run of tests, for CI servers: one suite for each gateway and file, one case for each invariant. */
export function proofReport(gateways: readonly ProvedGateway[]): TestReport {
  const files = gateways.flatMap(({ gateway, checked }) => {
    const names = [...new Set(checked.map(({ invariant }) => invariant.origin.file))];
    return names.map((file) => ({
      file: gateways.length === 1 ? file : `${gateway.label}: ${file}`,
      cases: checked.filter(({ invariant }) => invariant.origin.file === file).map((one) => caseOf(one, gateway)),
    }));
  });
  return summarize('prove', files);
}

function caseOf(checked: CheckedInvariant, gateway: GatewayInput): CaseReport {
  const { invariant, verdict } = checked;
  return {
    name: invariant.sentence,
    status: verdict.kind === 'proved' ? 'passed' : 'failed',
    persona: callersOf(gateway).principalType,
    ...(verdict.kind === 'broken' ? { tool: verdict.counterexample.witness.call.tool } : {}),
    expected: 'proved',
    got: verdict.kind,
    why:
      verdict.kind === 'proved'
        ? []
        : verdictLines(checked, gateway)
            .slice(1)
            .map((line) => line.trim()),
    unchecked: [],
    location: invariant.origin,
  };
}

/** As a policy test says it, ready to be pasted. */
function counterexampleLines(counterexample: Counterexample, { trusted }: GatewayInput): string[] {
  const { call, claims } = counterexample.witness;
  const caller = claims === undefined ? `iam: ${call.principal.id}` : `claims: ${JSON.stringify(claims)}`;
  const unfilled = unfilledFields(call, trusted.fields ?? []);
  return [
    'this call breaks it:',
    ...(call.principal.id === '' ? [] : [`  ${caller}`]),
    `  tool: ${call.tool}`,
    `  input: ${JSON.stringify(shownInput(call))}`,
    `  now: ${call.now.toISOString()}`,
    `  outcome: ${counterexample.decision.outcome}, decided by ${describePolicies(counterexample)}`,
    ...(unfilled.length === 0 ? [] : [`  it lacks ${unfilled.join(', ')}, which the interceptor fills`]),
  ];
}

function assumptions(gateway: GatewayInput): string[] {
  const claims = gateway.identity?.claims;
  const known = claims === undefined ? 'claims of any text' : 'the claims that the identity declares';
  const mode =
    gateway.mode === 'ENFORCE'
      ? []
      : [`the engine is in ${gateway.mode}: what is proved of the policies is not enforced`];
  return [`for callers of type ${callersOf(gateway).principalType}, ${known}, every argument and every time`, ...mode];
}

/** Verdicts for a program. */
export function proofJson({ gateway, checked }: ProvedGateway): object {
  const invariants = checked.map(({ invariant: { sentence, effect, origin }, verdict }) => {
    if (verdict.kind !== 'broken') return { sentence, effect, origin, ...verdict };
    const { witness, decision } = verdict.counterexample;
    const { claims, call } = witness;
    const { tool, now } = call;
    const { outcome, determining, errors } = decision;
    const counterexample = {
      claims,
      principal: call.principal.id,
      tool,
      input: shownInput(call),
      now,
      outcome,
      determining,
      errors,
    };
    return { sentence, effect, origin, kind: verdict.kind, tools: verdict.tools, counterexample };
  });
  return { gateway: gateway.label, mode: gateway.mode, principal: callersOf(gateway).principalType, invariants };
}
