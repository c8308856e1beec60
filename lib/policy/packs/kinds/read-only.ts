import { quote } from '../../../contract/cedar-string';
import { classAction } from '../../../contract/tool-classes/names';
import { Atom, atom } from '../../statements/expression';
import { ANYBODY, member, memberOf } from '../callers';
import type { PackCase, PackDefinition, PackOptions } from '../pack';

/** Who may only read. */
export interface ReadOnlyOptions extends PackOptions {
  /** Groups that may only read, whatever else they are in. */
  readonly groups: string[];
}

export function readOnly(options: ReadOnlyOptions): PackDefinition {
  const { id = 'read-only', groups } = options;
  return {
    kind: 'readOnly',
    id,
    render(gateway) {
      if (groups.length === 0) gateway.reject('groups', '[]', 'a list of at least one group');
      const groupsClaim = gateway.groupsClaim(options.groupsClaim);
      const description = `Members of ${groups.join(', ')} only read`;
      const reading = gateway.toolsOf({ classes: ['read'] });
      const [other] = gateway.allTools.filter((tool) => !reading.includes(tool));
      const cases = groups.flatMap((group): PackCase[] => [
        ...reading.slice(0, 1).map(
          (tool): PackCase => ({
            name: `${group} may read`,
            caller: member(groupsClaim, group),
            tool,
            expect: 'ALLOW',
          }),
        ),
        ...(other === undefined
          ? []
          : [
              {
                name: `${group} may do nothing else`,
                caller: member(groupsClaim, group),
                tool: other,
                expect: 'DENY' as const,
              },
              { name: 'others are not meant', caller: ANYBODY, tool: other, expect: 'ALLOW' as const },
            ]),
      ]);
      return {
        description,
        statements: [
          {
            effect: 'forbid',
            on: {},
            when: memberOf(groupsClaim, groups),
            unless: new Atom(() => atom(`action in AgentCore::Action::${quote(classAction('read'))}`)),
            description,
            comment: 'Everything but the class of reading: a tool that nobody has put into a class is closed too.',
            invariant: `nobody in ${groups.join(', ')} calls a tool that is not in the class of reading`,
          },
        ],
        cases,
      };
    },
  };
}
