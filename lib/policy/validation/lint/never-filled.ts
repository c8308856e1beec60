import { neverChosen } from '../../../contract/arguments/choices';
import { diagnostic } from '../../../diagnostics/diagnostic';
import type { ToolSchema } from '../../schema/schema-json';
import { placeIn } from '../view/argument-place';
import type { Lint } from './lint';

/** A part of the arguments that no call can fill: null, and a type all of whose values are an earlier type of the same argument. */
export const neverFilled: Lint = {
  policy(policy) {
    return policy.inputReads.flatMap(({ path, start, end }) => {
      const reasons = policy.tools.map((tool) => reasonIn(tool, path));
      const [reason] = reasons;
      if (reason === undefined || reasons.includes(undefined)) return [];
      return [
        diagnostic('POLICY_INPUT_NEVER_THERE', { name: path.join('.'), reason }, { location: policy.at(start, end) }),
      ];
    });
  },
};

function reasonIn(tool: ToolSchema, path: readonly string[]): 'null' | 'earlier' | undefined {
  for (const [index, name] of path.entries()) {
    const owner = placeIn(tool, path.slice(0, index))?.type;
    if (placeIn(tool, path.slice(0, index + 1))?.type.kind === 'null') return 'null';
    const number = /^typeChoice([0-9]+)$/.exec(name)?.[1];
    const reason = owner?.kind === 'choice' ? neverChosen(owner.choices, Number(number)) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}
