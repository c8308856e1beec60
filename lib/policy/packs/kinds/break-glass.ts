import { claim } from '../../statements/claim';
import { ANYBODY, lookAlike, member, memberOf } from '../callers';
import type { PackCase, PackDefinition, PackOptions } from '../pack';

/** Emergency access. */
export interface BreakGlassOptions extends PackOptions {
  /** Tools as `target___tool`, targets, or classes such as `class:write`. */
  readonly tools: string[];
  /** Group that people are put into for as long as the emergency lasts. */
  readonly group: string;
}

export function breakGlass(options: BreakGlassOptions): PackDefinition {
  const { id = 'break-glass', tools, group } = options;
  return {
    kind: 'breakGlass',
    id,
    watched: true,
    render(gateway) {
      const on = gateway.scope(tools);
      const groupsClaim = gateway.groupsClaim(options.groupsClaim);
      const description = `In an emergency the group ${group} may call ${tools.join(', ')}`;
      const cases = gateway
        .toolsOf(on)
        .slice(0, 1)
        .flatMap((tool): PackCase[] => [
          { name: 'in an emergency', caller: member(groupsClaim, group), tool, expect: 'ALLOW' },
          { name: 'a group whose name only looks alike', caller: lookAlike(groupsClaim, group), tool, expect: 'DENY' },
          { name: 'no group at all', caller: ANYBODY, tool, expect: 'DENY' },
        ]);
      return {
        description,
        statements: [
          {
            effect: 'permit',
            on,
            when: memberOf(groupsClaim, [group]),
            description,
            comment:
              'Nobody is in this group until something is on fire. It overrules no forbid, and each use of it sets off an alarm.',
          },
        ],
        invariants: [
          {
            sentence: `who is in no group calls none of ${tools.join(', ')}`,
            effect: 'forbid',
            on,
            unless: claim(groupsClaim).exists(),
          },
        ],
        cases,
      };
    },
  };
}
