import { PROOF_ARGUMENT, PROOF_PLACEHOLDER } from '../../contract/interceptor-proof';
import type { ToolSchema } from '../schema/schema-json';
import { presenceAt, variableAt } from './encode/argument-values';
import type { Formula, Formulas } from './formula/formula';
import { textEquals } from './formula/relations';

/** Calls that the REQUEST interceptor saw: nobody else can name its proof. Every call of a tool that takes no proof. */
export function seenByInterceptor(formulas: Formulas, tool: ToolSchema): Formula {
  const proof = tool.input.attributes.get(PROOF_ARGUMENT);
  if (proof === undefined) return formulas.true;
  const path = ['input', PROOF_ARGUMENT];
  const present = proof.required ? formulas.true : formulas.boolean(presenceAt(path));
  const value = { kind: 'variable', name: variableAt(path) } as const;
  return formulas.and(present, textEquals(formulas, value, { kind: 'literal', text: PROOF_PLACEHOLDER }));
}
