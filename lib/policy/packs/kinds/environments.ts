import { input } from '../../statements/input';
import { argumentLimit, type Tried } from '../argument-limit';
import { anyOf, member, memberOf } from '../callers';
import type { PackDefinition, PackOptions } from '../pack';

/** Who may work in which environment. */
export interface EnvironmentsOptions extends PackOptions {
  /** Tools as `target___tool`, targets, or classes: those tools that are in it. */
  readonly tools: string[];
  /** Argument that names the environment. */
  readonly argument: string;
  /** Groups that may, by environment. Environments that stand nowhere are for nobody. */
  readonly groups: { readonly [environment: string]: string[] };
  /**
   * Environments that are for everybody.
   *
   * @default - none
   */
  readonly open?: string[];
}

export function environments(options: EnvironmentsOptions): PackDefinition {
  const { id = 'environments', tools, argument, groups, open = [] } = options;
  return {
    kind: 'environments',
    id,
    render(gateway) {
      const claim = gateway.groupsClaim(options.groupsClaim);
      const restricted = Object.entries(groups);
      const [first] = [...open, ...Object.keys(groups)];
      if (first === undefined) gateway.reject('groups', '{}', 'a table of at least one environment');
      for (const [environment, members] of restricted) {
        if (members.length === 0) gateway.reject('groups', environment, 'an environment with at least one group');
      }
      const table = restricted.map(([environment, members]) => `${environment} for ${members.join(', ')}`);
      const where = [...open, ...table].join('; ');
      const tries = ([environment, members]: (typeof restricted)[number]): Tried[] => [
        ...members.map(
          (group): Tried => ({
            name: `${group} in ${environment}`,
            value: environment,
            caller: member(claim, group),
            expect: 'ALLOW',
          }),
        ),
        { name: `anybody in ${environment}`, value: environment, expect: 'DENY' },
      ];
      return argumentLimit(gateway, {
        tools,
        argument,
        allowed: anyOf([
          ...(open.length > 0 ? [input(argument).isOneOf(open)] : []),
          ...restricted.map(([environment, members]) =>
            input(argument).equals(environment).and(memberOf(claim, members)),
          ),
        ]),
        description: `Only in environments that are named: ${where}`,
        comment:
          'The named environments only: one that somebody adds later is closed until it is named, and so is a call that names none.',
        invariant: (names) => `${names} are called only in environments that are named: ${where}`,
        tried: () => [
          ...open.map(
            (environment): Tried => ({ name: `anybody in ${environment}`, value: environment, expect: 'ALLOW' }),
          ),
          ...restricted.flatMap(tries),
          { name: 'an environment that is not named', value: `not-${first}`, expect: 'DENY' },
        ],
      });
    },
  };
}
