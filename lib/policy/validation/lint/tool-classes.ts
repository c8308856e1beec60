import { BASE_CLASSES, isBaseClass } from '../../../contract/tool-classes/names';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { Lint } from './lint';
import { quotedNames } from './quoted-names';

/** Tools that no policy on a class can be for, where policies name classes at all; and classes that the team does not declare. */
export const toolClasses: Lint = {
  set({ input, policies, schema }) {
    const { toolClasses: declared } = input;
    const undeclared = [...schema.tools.values()].flatMap(({ action, classes }) =>
      classes
        .filter((name) => declared !== undefined && !isBaseClass(name) && !declared.includes(name))
        .map((name) =>
          diagnostic('TOOL_CLASS_UNDECLARED', {
            tool: action,
            name,
            suggestion: suggest(name, [...BASE_CLASSES, ...(declared ?? [])]),
          }),
        ),
    );
    if (!policies.some(({ classPlaces }) => classPlaces.length > 0)) return undeclared;
    const without = [...schema.tools.values()].filter(
      ({ action, classes }) => classes.length === 0 && !schema.denied.has(action),
    );
    const targets = [...new Set(without.map(({ target }) => target))];
    return [
      ...undeclared,
      ...targets.map((target) => {
        const own = without.filter((tool) => tool.target === target).map(({ action }) => action);
        return diagnostic('TOOL_WITHOUT_CLASS', { target, count: own.length, tools: quotedNames(own) });
      }),
    ];
  },
};
