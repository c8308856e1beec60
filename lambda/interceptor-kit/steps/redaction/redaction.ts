import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import type { PersonalData, RedactionConfig } from '../../../../lib/contract/steps/redaction';
import { selectsCaller, selectsTool } from '../../../../lib/contract/steps/selectors';
import type { StepFactory } from '../../chain/configured-steps';
import { proceed, type StepOutcome } from '../../chain/outcome';
import type { Step, StepContext } from '../../chain/step';
import { editLeaves, renameMembers } from '../../json/edit';
import { editPath } from '../../json/edit-path';
import { editedText, jsonInText } from '../../json/text';
import { errorWithoutData } from '../../message/error-without-data';
import type { Result } from '../../message/result';
import { editResult } from '../../message/result-data';
import { maskPii } from './pii';

type FieldRule = RedactionConfig['fields'][number];

/** Stands where content was that could not be searched for fields. */
const WITHHELD = '[withheld]';

/**
 * Masks fields of results by path, and personal data by pattern, in text, JSON text and structured content alike. Callers who may see a
 * field are named; anybody else, known or not, may not.
 */
export function redaction(config: RedactionConfig): Step {
  function response({ kind, call, payload }: Result, { claims }: StepContext): StepOutcome {
    if (call.kind === 'tools/list' || call.kind === 'initialize') return proceed();
    const tool = call.kind === 'tools/call' ? call.tool.fullName : undefined;
    const applies = (rule: { tools: readonly string[]; visibleTo?: FieldRule['visibleTo'] }): boolean =>
      selectsTool(rule.tools, tool ?? '') && !(rule.visibleTo !== undefined && selectsCaller(rule.visibleTo, claims));
    const fields = tool === undefined ? [] : config.fields.filter(applies);
    const kinds = [...new Set(config.patterns.filter(applies).flatMap((rule) => rule.kinds))];
    if (fields.length === 0 && kinds.length === 0) return proceed();
    const withheld = kind === 'error' && fields.length > 0 ? errorWithoutData(payload) : payload;
    if (kind !== 'result' || tool === undefined) return proceed({ payload: maskLeaves(withheld, kinds) as JsonObject });

    const withholds = fields.length > 0 && config.opaqueContent === 'withhold' && payload['isError'] !== true;
    return proceed({
      payload: editResult(payload, {
        data: (value) => maskLeaves(maskFields(value, fields), kinds),
        prose: (text) => (withholds ? WITHHELD : maskPii(text, kinds)),
        binary: (block) => (withholds ? undefined : (maskLeaves(block, kinds) as JsonObject)),
        beside: (value) => (withholds ? undefined : maskLeaves(maskFields(value, fields), kinds)),
      }),
    });
  }

  return { name: 'redaction', response };
}

function maskFields(value: JsonValue, rules: readonly FieldRule[]): JsonValue {
  let masked: JsonValue = value;
  for (const { paths, replacement } of rules) {
    for (const path of paths) masked = editPath(masked, path, () => replacement) ?? null;
  }
  return masked;
}

/** A number can be a payment card as well, and people can be listed under their addresses. */
function maskLeaves(value: JsonValue, kinds: readonly PersonalData[]): JsonValue {
  if (kinds.length === 0) return value;
  const named = renameMembers(value, (name) => maskPii(name, kinds));
  return editLeaves(named, (leaf) => {
    if (typeof leaf !== 'string' && typeof leaf !== 'number') return leaf;
    // JSON in a text may write any letter by its number, and stays JSON.
    const inner = typeof leaf === 'string' ? jsonInText(leaf) : undefined;
    if (inner !== undefined) return editedText(leaf as string, inner, maskLeaves(inner, kinds));
    const masked = maskPii(String(leaf), kinds);
    return masked === String(leaf) ? leaf : masked;
  });
}

/** The step of a configuration. */
export const make: StepFactory<'redaction'> = (config) => redaction(config);
