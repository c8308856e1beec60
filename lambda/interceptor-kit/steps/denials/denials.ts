import type { Claims } from '../../../../lib/contract/claims';
import { DENIAL_LINE_VERSION, type DenialLine, embeddedMetric } from '../../../../lib/contract/denial-line';
import { OTHER_TOOL } from '../../../../lib/contract/operations-metrics';
import type { DenialsConfig } from '../../../../lib/contract/steps/denials';
import type { StepFactory } from '../../chain/configured-steps';
import { BY_POLICY, outcomeOf } from '../../chain/ending';
import type { Conclusion, Step, StepContext } from '../../chain/step';
import type { RequestHeaders } from '../../message/request-headers';
import { maskSecrets } from '../../message/secret-text';
import { decidingArguments } from './deciding-arguments';

/** Where lines go. Replaced in tests. */
export interface DenialsDependencies {
  /** Writes one line to the log. @default - standard output */
  readonly write?: (line: string) => void;
  /** @default - the variables of the process */
  readonly environment?: { readonly [name: string]: string | undefined };
}

/** Characters of a text that a client or the gateway chose. */
const MAX_TEXT = 256;
const MAX_POLICIES = 8;

/**
 * Writes one line per denied message, which CloudWatch counts by tool: no call, no SDK. A denial is what the interceptor denied itself, and
 * whole answers in the exact words of the gateway or of the kit, so that no target's answer that merely speaks of a denial is counted.
 */
export function denials(config: DenialsConfig, dependencies: DenialsDependencies = {}): Step {
  const { write = writeToStdout, environment = process.env } = dependencies;
  const tools = new Set(config.tools);
  return {
    name: 'denials',
    observe(conclusion: Conclusion, context: StepContext): void {
      if (conclusion.point === 'REQUEST') return;
      const { outcome, reason } = outcomeOf(conclusion);
      if (outcome !== 'denied') return;
      const gateway = environment[config.gatewayVariable] ?? '';
      write(JSON.stringify(embeddedMetric({ gateway, ...lineOf(conclusion, reason ?? '', context, config, tools) })));
    },
  };
}

function lineOf(
  { call, claims, denial }: Conclusion,
  told: string,
  { now, headers, requestId }: StepContext,
  config: DenialsConfig,
  tools: ReadonlySet<string>,
): Omit<DenialLine, 'gateway'> {
  const byPolicy = denial === undefined && told.startsWith(BY_POLICY);
  const reason = shortened(byPolicy ? told.slice(BY_POLICY.length) : told);
  const policies = byPolicy ? policiesOf(told) : [];
  const tool = call?.kind === 'tools/call' ? call.tool.fullName : undefined;
  const trace = traceOf(headers);
  return {
    denial: DENIAL_LINE_VERSION,
    time: now.toISOString(),
    tool: tool !== undefined && tools.has(tool) ? tool : OTHER_TOOL,
    method: call === undefined ? null : shortened(call.method),
    caller: callerOf(claims),
    by: byPolicy ? 'policy' : denial === undefined ? 'request-interceptor' : 'response-interceptor',
    reason,
    policies,
    arguments: byPolicy && call?.kind === 'tools/call' ? decidingArguments(call.arguments, policies, config) : {},
    ...(trace === undefined ? {} : { trace }),
    invocation: requestId,
  };
}

/** Ids of the policies that the gateway's sentence names. */
function policiesOf(reason: string): string[] {
  const named = / due to ([\w-]+(?:, [\w-]+)*)\.?$/.exec(reason)?.[1];
  return named === undefined ? [] : named.split(', ').slice(0, MAX_POLICIES);
}

function callerOf(claims: Claims | undefined): string | null {
  const named = [claims?.['sub'], claims?.['client_id']].find((claim) => typeof claim === 'string' && claim !== '');
  return typeof named === 'string' ? shortened(named) : null;
}

/** The trace id of W3C or X-Ray, in hexadecimal digits. */
function traceOf(headers: RequestHeaders): string | undefined {
  const w3c = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(headers.get('traceparent') ?? '')?.[1];
  if (w3c !== undefined) return w3c;
  const [, time, unique] =
    /(?:^|;)Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/.exec(headers.get('x-amzn-trace-id') ?? '') ?? [];
  return time === undefined || unique === undefined ? undefined : time + unique;
}

function shortened(text: string): string {
  const shown = maskSecrets(text, '[redacted]');
  return shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}[cut]` : shown;
}

function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The step of a configuration. */
export const make: StepFactory<'denials'> = (config) => denials(config);
