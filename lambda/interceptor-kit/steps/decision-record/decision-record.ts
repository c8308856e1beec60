import { cedarRecordOf } from '../../../../lib/contract/arguments/cedar-type-json';
import { lotOf, pseudonymOf } from '../../../../lib/contract/decision-record/pseudonyms';
import {
  DECISION_RECORD_VERSION,
  type DecisionRecord,
  MAX_RECORD_CHARACTERS,
} from '../../../../lib/contract/decision-record/record';
import type { DecisionRecordConfig } from '../../../../lib/contract/steps/decision-record';
import type { InterceptorConfig } from '../../../../lib/contract/steps/interceptor-config';
import type { StepFactory } from '../../chain/configured-steps';
import { withinBudget } from '../../chain/run-part';
import type { Conclusion, Step, StepContext } from '../../chain/step';
import type { ToolCall } from '../../message/call';
import { maskSecrets } from '../../message/secret-text';
import { putRecord } from '../../sdk/firehose-record';
import { RememberedSecret, type SecretSource } from '../remembered-secret';
import { endingOf } from './ending-of';
import { inputOf, type KnownTool } from './input-of';

/** Where lines go, and where the key of pseudonyms comes from. Replaced in tests. */
export interface DecisionRecordDependencies {
  /** Writes one line to the log. @default - standard output */
  readonly write?: (line: string) => void;
  /** Delivers one line to a stream. @default - Amazon Data Firehose */
  readonly deliver?: (stream: string, line: string, signal: AbortSignal) => Promise<void>;
  /** @default - AWS Secrets Manager */
  readonly secret?: SecretSource;
  /** @default - the variables of the process */
  readonly environment?: { readonly [name: string]: string | undefined };
}

/** Milliseconds that a line may take. The step's own budget is above it, because a step that uses its budget up denies the call. */
const PATIENCE_MS = 2_000;
const BUDGET_MS = 3_000;

/** Longest name of a tool that a line repeats. */
const MAX_NAME = 256;

/**
 * Writes what the policies of a tool can read of each of its calls, and how the call ended: see `docs/decisions.md`. Holds no token, no
 * proof and no value that no policy reads. A line that cannot be written is missing; the call goes on.
 */
export function decisionRecord(
  config: DecisionRecordConfig,
  dependencies: DecisionRecordDependencies = {},
  authorization: InterceptorConfig['authorization'] = 'jwt',
): Step {
  const { environment = process.env, write = writeToStdout, deliver = putRecord } = dependencies;
  const secret = new RememberedSecret(dependencies.secret, environment);
  const tools = new Map<string, KnownTool>(
    Object.entries(config.tools).map(([name, tool]) => [name, { ...tool, type: cedarRecordOf(tool.input) }]),
  );

  function lineOf(
    conclusion: Conclusion,
    call: ToolCall,
    key: string,
    { now, headers }: StepContext,
  ): string | undefined {
    const { claims, point, forwarded, gatewayRequestId } = conclusion;
    const subject = claims?.['sub'] ?? null;
    const session = headers.get('mcp-session-id') ?? null;
    const identity = gatewayRequestId ?? [subject, session, conclusion.messageHash()];
    const pseudonym = pseudonymOf(key, 'call', identity);
    if (lotOf(pseudonym) >= config.sample) return undefined;
    const tool = tools.get(call.tool.fullName);
    const line = (input: DecisionRecord['input']): string => {
      const record: DecisionRecord = {
        decisionRecord: DECISION_RECORD_VERSION,
        part: point === 'REQUEST' ? 'request' : 'response',
        key: pseudonym,
        time: now.toISOString(),
        ...(gatewayRequestId === undefined ? {} : { requestId: gatewayRequestId }),
        caller: subject === null ? null : pseudonymOf(key, 'caller', subject),
        tool:
          tool === undefined ? maskSecrets(call.tool.fullName.slice(0, MAX_NAME), '[redacted]') : call.tool.fullName,
        mode: config.mode,
        sample: config.sample,
        ...(tool === undefined ? {} : { schema: tool.schema }),
        ...(input === undefined ? {} : { input }),
        ...endingOf(conclusion),
      };
      return JSON.stringify(record);
    };
    const known = tool !== undefined && forwarded?.kind === 'tools/call' ? { tool, forwarded } : undefined;
    const input = known && inputOf(known.forwarded, claims, known.tool, { key, authorization, config });
    const whole = line(input);
    if (whole.length <= MAX_RECORD_CHARACTERS || input === undefined) return whole;
    return line({
      ...input,
      claims: {},
      everyClaim: false,
      hasClaims: {},
      arguments: {},
      hasArguments: {},
      pseudonyms: {},
      cut: true,
    });
  }

  async function record(conclusion: Conclusion, call: ToolCall, context: StepContext): Promise<void> {
    const key = await secret.read(config.keyVariable, context.now, context);
    const line = lineOf(conclusion, call, key, context);
    if (line === undefined) return;
    const stream = config.streamVariable === undefined ? undefined : environment[config.streamVariable];
    if (config.streamVariable === undefined) write(line);
    else if (stream === undefined) throw new Error(`${config.streamVariable} is not set`);
    else await deliver(stream, line, context.signal);
  }

  async function observe(conclusion: Conclusion, context: StepContext): Promise<void> {
    const { call } = conclusion;
    if (call?.kind !== 'tools/call' || conclusion.outcome === 'probe') return;
    try {
      await withinBudget(record(conclusion, call, context), PATIENCE_MS);
    } catch (error) {
      context.log.error('decision not recorded', { error, requestId: context.requestId });
    }
  }

  return { name: 'decision-record', budgetMs: BUDGET_MS, observe };
}

function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The step of a configuration. */
export const make: StepFactory<'decision-record'> = (config, { authorization }) =>
  decisionRecord(config, {}, authorization);
