import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import type { GuardrailConfig } from '../../../lib/contract/steps/guardrail';
import { selectsTool } from '../../../lib/contract/steps/selectors';
import type { StepFactory } from '../chain/configured-steps';
import { deny, type Outcome, proceed } from '../chain/outcome';
import type { Step, StepContext } from '../chain/step';
import { editLeaves } from '../json/edit';
import type { Call } from '../message/call';
import type { Result } from '../message/result';
import { editResult } from '../message/result-data';
import { applyGuardrail, type GuardrailRequest, type GuardrailVerdict } from '../sdk/bedrock-guardrail';

/** Who judges. Replaced in tests. */
export interface GuardrailEdges {
  /** @default - Amazon Bedrock */
  readonly apply?: (request: GuardrailRequest, signal: AbortSignal) => Promise<GuardrailVerdict>;
  /** @default - the variables of the process */
  readonly environment?: { readonly [name: string]: string | undefined };
}

/** Texts in place of others. */
type Replacements = ReadonlyMap<string, string>;

/** Lets a Bedrock guardrail judge every text of arguments and results: what it blocks is denied, what it masks goes on masked. */
export function guardrail(config: GuardrailConfig, edges: GuardrailEdges = {}): Step {
  const { apply = applyGuardrail, environment = process.env } = edges;

  async function judge(
    source: 'INPUT' | 'OUTPUT',
    texts: readonly string[],
    context: StepContext,
  ): Promise<Replacements | 'blocked'> {
    const distinct = [...new Set(texts)].filter((text) => text.trim() !== '');
    if (distinct.length === 0) return new Map();
    const characters = distinct.reduce((sum, text) => sum + text.length, 0);
    if (characters > config.maxCharacters) return 'blocked';
    const id = environment[config.guardrailVariable];
    const version = environment[config.versionVariable];
    if (id === undefined || version === undefined) throw new Error('guardrail is not set');
    const verdict = await apply({ id, version, source, texts: distinct }, context.signal);
    if (verdict.action === 'none') return new Map();
    const mode = source === 'INPUT' ? config.inputs : config.outputs;
    const masked = verdict.action === 'masked' && mode === 'mask' ? verdict.texts : undefined;
    // Masked texts that do not match the given ones one by one belong nowhere.
    if (!Array.isArray(masked) || masked.length !== distinct.length || !masked.every(isText)) return 'blocked';
    return new Map(distinct.map((text, index) => [text, masked[index] as string]));
  }

  async function request(call: Call, context: StepContext): Promise<Outcome> {
    if (config.inputs === 'ignore' || call.kind !== 'tools/call' || !selectsTool(config.tools, call.tool.name))
      return proceed();
    const verdict = await judge('INPUT', textsOf(call.arguments), context);
    if (verdict === 'blocked') return deny('guardrail-input');
    return verdict.size === 0 ? proceed() : proceed({ arguments: replaced(call.arguments, verdict) as JsonObject });
  }

  async function response({ kind, call, payload }: Result, context: StepContext): Promise<Outcome> {
    if (config.outputs === 'ignore' || call.kind !== 'tools/call' || !selectsTool(config.tools, call.tool.name))
      return proceed();
    if (kind === 'error') return proceed();
    const texts: string[] = [];
    const collect = (value: JsonValue): JsonValue => {
      texts.push(...textsOf(value));
      return value;
    };
    const note = (text: string): string => {
      texts.push(text);
      return text;
    };
    editResult(payload, { data: collect, prose: note, binary: (block) => collect(block) as JsonObject });
    const verdict = await judge('OUTPUT', texts, context);
    if (verdict === 'blocked') return deny('guardrail-output');
    if (verdict.size === 0) return proceed();
    const mask = (value: JsonValue): JsonValue => replaced(value, verdict);
    return proceed({
      payload: editResult(payload, {
        data: mask,
        prose: (text) => verdict.get(text) ?? text,
        binary: (block) => mask(block) as JsonObject,
      }),
    });
  }

  return { name: 'guardrail', budgetMs: 5_000, request, response };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function textsOf(value: JsonValue): string[] {
  const texts: string[] = [];
  editLeaves(value, (leaf) => {
    if (typeof leaf === 'string') texts.push(leaf);
    return leaf;
  });
  return texts;
}

function replaced(value: JsonValue, replacements: Replacements): JsonValue {
  return editLeaves(value, (leaf) => (typeof leaf === 'string' ? (replacements.get(leaf) ?? leaf) : leaf));
}

/** The step of a configuration. */
export const make: StepFactory<'guardrail'> = (config) => guardrail(config);
