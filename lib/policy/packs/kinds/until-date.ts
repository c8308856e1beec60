import { claim } from '../../statements/claim';
import { now } from '../../statements/now';
import { isoTime } from '../calendar';
import { ANYBODY, member, memberOf } from '../callers';
import type { PackCase, PackDefinition, PackOptions } from '../pack';

/** A grant that expires. */
export interface UntilDateOptions extends PackOptions {
  /** Tools as `target___tool`, targets, or classes such as `class:read`. */
  readonly tools: string[];
  /** Group that may call them. */
  readonly group: string;
  /** When it ends, in UTC: a day, such as `2027-04-01`, from the first moment of which nothing is granted, or a time such as `2027-03-31T18:00:00Z`. */
  readonly until: string;
  /**
   * Days before the end from which a warning says so.
   *
   * @default 30
   */
  readonly noticeDays?: number;
}

export function untilDate(options: UntilDateOptions): PackDefinition {
  const { id = 'until-date', tools, group, until, noticeDays = 30 } = options;
  return {
    kind: 'untilDate',
    id,
    render(gateway) {
      const on = gateway.scope(tools);
      const groupsClaim = gateway.groupsClaim(options.groupsClaim);
      const before = now().before(until);
      const end = Date.parse(until);
      const description = `The group ${group} may call ${tools.join(', ')} until ${until}`;
      const [tool] = gateway.toolsOf(on);
      const at = (
        name: string,
        time: number,
        expect: PackCase['expect'],
        caller = member(groupsClaim, group),
      ): PackCase[] => (tool === undefined ? [] : [{ name, caller, tool, now: isoTime(time), expect }]);
      return {
        description,
        statements: [
          {
            effect: 'permit',
            on,
            when: memberOf(groupsClaim, [group]).and(before),
            description,
            comment: 'A grant that ends by itself. When it has ended, take it out.',
          },
        ],
        invariants: [
          {
            sentence: `who is in ${group} and in no other group calls none of ${tools.join(', ')} from ${until} on`,
            effect: 'forbid',
            on,
            when: claim(groupsClaim)
              .equals(JSON.stringify([group]))
              .and(now().from(until)),
          },
        ],
        cases: [
          ...at('a second before the end', end - 1000, 'ALLOW'),
          ...at('at the end', end, 'DENY'),
          ...at('somebody who is not in the group', end - 1000, 'DENY', ANYBODY),
        ],
        ends: { at: isoTime(end), noticeDays, effect: `the group ${group} may no longer call ${tools.join(', ')}` },
      };
    },
  };
}
