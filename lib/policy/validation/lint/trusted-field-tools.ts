import { diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { Lint } from './lint';

/** A trusted field for a tool that does not exist. */
export const trustedFieldTools: Lint = {
  set({ input, schema }) {
    return input.trustedContext.flatMap(({ name, tools }) =>
      tools
        .filter((tool) => !schema.tools.has(tool))
        .map((tool) => {
          const suggestion = suggest(tool, schema.tools.keys());
          return diagnostic(
            'POLICY_TRUSTED_FIELD_TOOL',
            suggestion === undefined ? { name, tool } : { name, tool, suggestion },
          );
        }),
    );
  },
};
