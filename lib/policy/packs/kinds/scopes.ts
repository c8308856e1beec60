import { claim } from '../../statements/claim';
import { ANYBODY } from '../callers';
import type { PackCase, PackDefinition, PackOptions, PackStatement } from '../pack';

/** Tools by the OAuth scope that a token needs for them. */
export interface ToolsByScope {
  /** Tools as `target___tool`, targets, or classes such as `class:write`. */
  readonly [scope: string]: string[];
}

/** What goes beyond the table of scopes and tools. */
export interface ScopesOptions extends PackOptions {
  /**
   * Claim that lists the scopes of a token, with spaces between them.
   *
   * @default scope
   */
  readonly claim?: string;
}

export function scopes(tools: ToolsByScope, options: ScopesOptions = {}): PackDefinition {
  const { id = 'scopes', claim: name = 'scope' } = options;
  return {
    kind: 'scopes',
    id,
    render(gateway) {
      const needed = Object.entries(tools).map(([scope, names]) => ({ scope, names, on: gateway.scope(names) }));
      if (needed.length === 0) gateway.report('PACK_WITHOUT_TOOLS', { pack: id });
      const statements = needed.map(
        ({ scope, names, on }, index): PackStatement => ({
          name: String(index + 1),
          effect: 'forbid',
          on,
          unless: claim(name).includesWord(scope),
          description: `Only tokens with the scope ${scope} may call ${names.join(', ')}`,
          comment: 'Scopes are words in one text: the first, the last, one between, or the only one.',
          invariant: `no token without the scope ${scope} calls ${names.join(', ')}`,
        }),
      );
      const cases = needed.flatMap(({ scope, on }) =>
        gateway
          .toolsOf(on)
          .slice(0, 1)
          .flatMap((tool): PackCase[] => {
            const all = Object.keys(tools);
            const others = all.filter((other) => other !== scope);
            const token = (label: string, ...words: string[]) => ({ name: label, claims: { [name]: words.join(' ') } });
            return [
              {
                name: `every scope, ${scope} among them`,
                caller: token('every scope', ...all, 'openid'),
                tool,
                expect: 'ALLOW',
              },
              {
                name: 'all other scopes',
                caller: token(`all but ${scope}`, ...others, `${scope}x`),
                tool,
                expect: 'DENY',
              },
              { name: 'no scope', caller: { ...ANYBODY, claims: { [name]: '' } }, tool, expect: 'DENY' },
            ];
          }),
      );
      return { description: `What tokens need: ${Object.keys(tools).join(', ')}`, statements, cases };
    },
  };
}
