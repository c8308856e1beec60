import type { ToolAction } from '../../statements/tool-action';
import { ANYBODY, listed, lookAlike, member, memberOf } from '../callers';
import type { PackCase, PackDefinition, PackInvariant, PackOptions } from '../pack';

/** What goes beyond the table of groups and tools. */
export interface GroupsOptions extends PackOptions {
  /**
   * Whether it is proved that nobody else may call these tools, whatever other policies there are.
   *
   * @default true
   */
  readonly exclusive?: boolean;
}

/** Tools by group. */
export interface GrantsByGroup {
  /** Tools as `target___tool`, targets, or classes such as `class:read`. */
  readonly [group: string]: string[];
}

export function groups(grants: GrantsByGroup, options: GroupsOptions = {}): PackDefinition {
  const { id = 'groups', exclusive = true } = options;
  return {
    kind: 'groups',
    id,
    render(gateway) {
      const claim = gateway.groupsClaim(options.groupsClaim);
      const granted = Object.entries(grants).map(([group, tools]) => ({ group, on: gateway.scope(tools), tools }));
      if (granted.length === 0) gateway.report('PACK_WITHOUT_TOOLS', { pack: id });
      const statements = granted.map(({ group, on, tools }) => ({
        ...(granted.length > 1 && { name: group }),
        effect: 'permit' as const,
        on,
        when: memberOf(claim, [group]),
        description: `The group ${group} may call ${tools.join(', ')}`,
        comment: 'Groups are a list in the token, as JSON text: the quotes keep names apart that only look alike.',
      }));
      // Tools by the groups that may call them: each such set is one sentence.
      const shared = new Map<string, { readonly named: readonly string[]; readonly actions: ToolAction[] }>();
      for (const tool of gateway.allTools) {
        const named = granted.filter(({ on }) => gateway.toolsOf(on).includes(tool)).map(({ group }) => group);
        const key = JSON.stringify(named);
        const { actions } = shared.get(key) ?? { actions: [] };
        if (named.length > 0) shared.set(key, { named, actions: [...actions, tool] });
      }
      const invariants = [...shared.values()].map(
        ({ named, actions }): PackInvariant => ({
          sentence: `nobody outside ${named.join(', ')} calls ${listed(actions)}`,
          effect: 'forbid',
          on: { actions },
          unless: memberOf(claim, named),
        }),
      );
      const cases = granted.flatMap(({ group, on }): PackCase[] => {
        const [tool] = gateway.toolsOf(on);
        if (tool === undefined) return [];
        return [
          { name: `${group} may call ${tool.name}`, caller: member(claim, group), tool, expect: 'ALLOW' },
          { name: 'a group whose name only looks alike', caller: lookAlike(claim, group), tool, expect: 'DENY' },
          { name: 'no group at all', caller: ANYBODY, tool, expect: 'DENY' },
        ];
      });
      const description = `Groups and what they may call: ${Object.keys(grants).join(', ')}`;
      return { description, statements, invariants: exclusive ? invariants : [], cases };
    },
  };
}
