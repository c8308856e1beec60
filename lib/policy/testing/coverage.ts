import { InputError } from '../../contract/cedar-input';
import { ask, authorizePrepared, CedarFailure, messages, type PolicyJson, type PreparedPolicies } from '../cedar';
import { cedarRequest } from '../cedar-request';
import { GUARD_ORIGIN } from '../guards';
import type { ToolCall } from '../model';
import type { PolicySet } from '../policy-set';
import type { ToolSchema } from '../schema-json';
import { coversTool } from '../scope';
import { CoverageCounter, type Values } from './coverage-counter';
import type { CoverageReport } from './coverage-report';

/**
 * What the calls saw of the policies' conditions. An expression counts where Cedar evaluates it: the scope holds, the
 * conditions before hold, and no operand before decided already. Cedar evaluates every part; nothing is parsed here.
 * The guards that the library adds are not counted: their tests are the library's.
 */
export function measureCoverage(set: PolicySet, calls: readonly ToolCall[]): CoverageReport {
  const written = [...set.policies.values()].filter(({ policy }) => policy.origin.file !== GUARD_ORIGIN);
  const counters = written.map((policy) => new CoverageCounter(policy));
  const relevant = new Map<string, Relevant>();
  for (const call of calls) {
    const tool = set.schema.tools.get(call.tool);
    if (tool === undefined) continue;
    const known = relevant.get(call.tool) ?? relevantTo(tool, counters);
    relevant.set(call.tool, known);
    const values = evaluate(set, tool, call, known.probes);
    if (values === undefined) continue;
    for (const [prefix, counter] of known.counters) counter.count(prefix, values);
  }
  const policies = counters.map((counter) => counter.report(set.gatewayArn));
  const seen = policies.reduce((sum, { points }) => sum + points.seen, 0);
  const total = policies.reduce((sum, { points }) => sum + points.total, 0);
  return { policies, points: { seen, total }, percent: total === 0 ? 100 : (100 * seen) / total };
}

/** The policies whose action scope covers a tool, and the probes of all their parts. */
interface Relevant {
  readonly counters: readonly (readonly [string, CoverageCounter])[];
  readonly probes: PreparedPolicies;
}

function relevantTo(tool: ToolSchema, all: readonly CoverageCounter[]): Relevant {
  const counters = all
    .filter((counter) => coversTool(counter.policy.json, tool))
    .map((counter, index) => [`${index}`, counter] as const);
  const probes = counters.flatMap(([prefix, counter]) => counter.probes(prefix));
  return { counters, probes: { statements: Object.fromEntries(probes.map(([id, json]) => [id, textOf(json)])) } };
}

function evaluate(set: PolicySet, tool: ToolSchema, call: ToolCall, probes: PreparedPolicies): Values | undefined {
  try {
    const { diagnostics } = authorizePrepared(probes, cedarRequest(set, tool, call));
    const held = new Set(diagnostics.reason);
    const erred = new Set(diagnostics.errors.map((error) => error.policyId));
    return (probe) => (erred.has(probe) ? undefined : held.has(probe));
  } catch (error) {
    // No request can be built from the arguments, so that no policy is evaluated.
    if (error instanceof InputError || error instanceof CedarFailure) return undefined;
    throw error;
  }
}

function textOf(json: PolicyJson): string {
  const answer = ask((cedar) => cedar.policyToText(json));
  if (answer.type === 'failure') throw new CedarFailure(messages(answer.errors));
  return answer.text;
}
