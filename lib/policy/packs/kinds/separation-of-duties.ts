import { member, memberOf } from '../callers';
import type { PackCase, PackDefinition, PackOptions, PackStatement } from '../pack';

/** Groups whose tools no caller may mix, with the tools of each. */
export interface Duties {
  /** Tools as `target___tool`, targets, or classes. */
  readonly [group: string]: string[];
}

export function separationOfDuties(duties: Duties, options: PackOptions = {}): PackDefinition {
  const { id = 'separation-of-duties' } = options;
  return {
    kind: 'separationOfDuties',
    id,
    render(gateway) {
      const groupsClaim = gateway.groupsClaim(options.groupsClaim);
      const groups = Object.keys(duties);
      if (groups.length < 2) gateway.reject('duties', groups.join(', '), 'a table of at least two groups');
      const scopes = Object.entries(duties).map(([group, tools]) => ({ group, tools, on: gateway.scope(tools) }));
      const seen = new Map<string, string>();
      for (const { group, on } of scopes) {
        for (const { name } of gateway.toolsOf(on)) {
          if (seen.has(name))
            gateway.reject('duties', name, `a tool of one group only, and it is one of ${seen.get(name)} already`);
          seen.set(name, group);
        }
      }
      const others = (group: string): string[] => groups.filter((other) => other !== group);
      const statements = scopes.map(
        ({ group, tools, on }): PackStatement => ({
          name: group,
          effect: 'forbid',
          on,
          when: memberOf(groupsClaim, others(group)),
          description: `What ${group} do is not for ${others(group).join(', ')}`,
          comment: 'Whoever is in both groups may do neither, until somebody takes one of them away.',
          invariant: `nobody in ${others(group).join(', ')} calls ${tools.join(', ')}`,
        }),
      );
      const cases = scopes.flatMap(({ group, on }) =>
        gateway
          .toolsOf(on)
          .slice(0, 1)
          .flatMap((tool): PackCase[] => [
            { name: `${group} may`, caller: member(groupsClaim, group), tool, expect: 'ALLOW' },
            ...others(group).flatMap((other): PackCase[] => [
              { name: `${other} may not`, caller: member(groupsClaim, other), tool, expect: 'DENY' },
              {
                name: 'nor who is both',
                caller: member(groupsClaim, ...[group, other].toSorted()),
                tool,
                expect: 'DENY',
              },
            ]),
          ]),
      );
      return { description: `Duties apart: ${groups.join(', ')}`, statements, cases };
    },
  };
}
