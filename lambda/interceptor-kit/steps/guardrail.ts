import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { repeatsName } from '../../../lib/contract/repeated-names';
import type { GuardrailConfig } from '../../../lib/contract/steps/guardrail';
import { EVERY_TOOL, selectsTool } from '../../../lib/contract/steps/selectors';
import type { StepFactory } from '../chain/configured-steps';
import { deny, proceed, type StepOutcome } from '../chain/outcome';
import type { Step, StepContext } from '../chain/step';
import { editLeaves, editMembers, renameMembers } from '../json/edit';
import { editedText, jsonInText } from '../json/text';
import type { Call } from '../message/call';
import type { Result } from '../message/result';
import { editResult } from '../message/result-data';
import { applyGuardrail, type GuardrailRequest, type GuardrailVerdict } from '../sdk/bedrock-guardrail';

/** Who judges. Replaced in tests. */
export interface GuardrailDependencies {
  /** @default - Amazon Bedrock */
  readonly apply?: (request: GuardrailRequest, signal: AbortSignal) => Promise<GuardrailVerdict>;
  /** @default - the variables of the process */
  readonly environment?: { readonly [name: string]: string | undefined };
}

/** Texts in place of others. */
type Replacements = ReadonlyMap<string, string>;

/** Lets a Bedrock guardrail judge every text of arguments and results: what it blocks is denied, what it masks goes on masked. */
export function guardrail(config: GuardrailConfig, dependencies: GuardrailDependencies = {}): Step {
  const { apply = applyGuardrail, environment = process.env } = dependencies;

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

  async function request(call: Call, context: StepContext): Promise<StepOutcome> {
    if (config.inputs === 'ignore' || (call.kind !== 'tools/call' && call.kind !== 'prompts/get') || !isJudged(call))
      return proceed();
    const verdict = await judge('INPUT', textsOf(call.arguments), context);
    // A name that is masked is no argument of the tool any more.
    if (verdict === 'blocked' || renames(call.arguments, verdict)) return deny('guardrail-input');
    return verdict.size === 0 ? proceed() : proceed({ arguments: replaced(call.arguments, verdict) as JsonObject });
  }

  async function response({ kind, call, payload }: Result, context: StepContext): Promise<StepOutcome> {
    if (config.outputs === 'ignore' || !isJudged(call)) return proceed();
    const texts: string[] = [];
    const collect = (value: JsonValue): JsonValue => {
      for (const text of textsOf(value)) texts.push(text);
      return value;
    };
    // What comes back says no name twice: what was not judged does not go on.
    const judged = edited(kind, payload, collect);
    const verdict = await judge('OUTPUT', texts, context);
    if (verdict === 'blocked') return deny('guardrail-output');
    const masked = verdict.size === 0 ? judged : edited(kind, judged, (value) => replaced(value, verdict));
    return proceed({ payload: masked });
  }

  /** Tools by their selectors; prompts and resources where every tool is selected. */
  function isJudged(call: Call): boolean {
    switch (call.kind) {
      case 'tools/call':
        return selectsTool(config.tools, call.tool.fullName);
      case 'prompts/get':
      case 'resources/read':
        return config.tools.includes(EVERY_TOOL);
      default:
        return false;
    }
  }

  return { name: 'guardrail', budgetMs: 5_000, request, response };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Everything of an answer that says something: of an error, its message and data. */
function edited(kind: Result['kind'], payload: JsonObject, edit: (value: JsonValue) => JsonValue): JsonObject {
  if (kind !== 'error')
    return editResult(payload, {
      data: edit,
      prose: (text) => edit(text) as string,
      binary: (block) => edit(block) as JsonObject,
    });
  return editMembers(payload, (member, name) => (name === 'code' ? member : edit(member))) as JsonObject;
}

/** Every text in a value: names of members, and what JSON in texts holds, are texts as well. */
function textsOf(value: JsonValue): string[] {
  if (typeof value === 'string') {
    const inner = jsonInText(value);
    if (inner === undefined) return [value];
    return repeatsName(value, inner) ? [value, ...textsOf(inner)] : textsOf(inner);
  }
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsOf(member)]);
}

function replaced(value: JsonValue, replacements: Replacements): JsonValue {
  const named = renameMembers(value, (name) => replacements.get(name) ?? name);
  return editLeaves(named, (leaf) => {
    if (typeof leaf !== 'string') return leaf;
    const inner = jsonInText(leaf);
    const whole = replacements.get(leaf);
    return whole ?? (inner === undefined ? leaf : editedText(leaf, inner, replaced(inner, replacements)));
  });
}

function renames(value: JsonObject, replacements: Replacements): boolean {
  return Object.keys(value).some((name) => (replacements.get(name) ?? name) !== name);
}

/** The step of a configuration. */
export const make: StepFactory<'guardrail'> = (config) => guardrail(config);
