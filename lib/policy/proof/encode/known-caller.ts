import type { Principal } from '../../../contract/claims';
import type { JsonObject } from '../../../contract/json';
import { type Formula, namesIn } from '../formula/formula';
import { constant, variable } from '../formula/linear';
import { numbersEqual, textEquals } from '../formula/relations';
import { presenceAt, variableAt } from './argument-values';
import type { CallSpace } from './call-space';
import { variableOfKey } from './set-arguments';

/**
 * That a call is one of this caller, as far as a formula asks. The calls must be of a prover without declared claims: a caller whose claims no token
 * of the identity has is asked about all the same.
 */
export function madeBy({ id, tags }: Principal, formula: Formula, calls: CallSpace): Formula {
  const { formulas } = calls;
  const isText = (name: string, text: string): Formula =>
    textEquals(formulas, { kind: 'variable', name }, { kind: 'literal', text });
  return formulas.and(
    ...namesAndElements(calls.withFacts(formula), calls).flatMap((name): Formula[] => {
      if (name === 'principal.id') return [isText(name, id)];
      const [kind, claim] = [name.slice(0, 'claim:'.length), name.slice('claim:'.length)];
      const has = Object.hasOwn(tags, claim);
      if (kind === 'claim?') return [has ? formulas.boolean(name) : formulas.not(formulas.boolean(name))];
      return kind === 'claim:' && has ? [isText(name, tags[claim] ?? '')] : [];
    }),
  );
}

/** That a call has these arguments: texts, whole numbers and Booleans; of any other value only that there is one. */
export function withArguments(known: JsonObject, calls: CallSpace): Formula {
  const { formulas } = calls;
  const { attributes } = calls.kind.tool.input;
  return formulas.and(
    ...Object.entries(known).flatMap(([name, value]): Formula[] => {
      const attribute = attributes.get(name);
      if (attribute === undefined) return [];
      const path = ['input', name];
      const at = variableAt(path);
      const present = attribute.required ? formulas.true : formulas.boolean(presenceAt(path));
      if (typeof value === 'boolean') {
        return [present, value ? formulas.boolean(at) : formulas.not(formulas.boolean(at))];
      }
      if (typeof value === 'number') return [present, numbersEqual(formulas, variable(at), constant(BigInt(value)))];
      if (typeof value !== 'string' || attribute.type.kind !== 'string') return [present];
      return [present, textEquals(formulas, { kind: 'variable', name: at }, { kind: 'literal', text: value })];
    }),
  );
}

function namesAndElements(formula: Formula, calls: CallSpace): string[] {
  const names = namesIn(formula);
  const elements = names.flatMap((name) => {
    const set = calls.sets.variables.get(name);
    return (set?.kind === 'has' ? variableOfKey(set.key) : undefined) ?? [];
  });
  return [...new Set([...names, ...elements])];
}
