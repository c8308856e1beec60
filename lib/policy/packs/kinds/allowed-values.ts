import { input } from '../../statements/input';
import { argumentLimit, type Tried } from '../argument-limit';
import { anyOf, butFor, exemptOf, member } from '../callers';
import type { PackDefinition, PackOptions } from '../pack';

/** What an argument may be. */
export interface AllowedValuesOptions extends PackOptions {
  /** Tools as `target___tool`, targets, or classes: those tools that are in it. */
  readonly tools: string[];
  /** Argument that is a string. A call without it is denied. */
  readonly argument: string;
  /** Values that it may have. */
  readonly values: string[];
  /**
   * Groups that may give any value.
   *
   * @default - none
   */
  readonly exceptGroups?: string[];
}

export function allowedValues(options: AllowedValuesOptions): PackDefinition {
  const { id = 'allowed-values', tools, argument, values, exceptGroups = [] } = options;
  return {
    kind: 'allowedValues',
    id,
    render(gateway) {
      const claim = gateway.groupsClaim(options.groupsClaim);
      const what = `${argument} is one of ${values.join(', ')}${butFor(exceptGroups)}`;
      const other = `not ${values[0]}`;
      return argumentLimit(gateway, {
        tools,
        argument,
        allowed: anyOf([input(argument).isOneOf(values), ...exemptOf(claim, exceptGroups)]),
        description: `The argument ${what}`,
        comment:
          'A closed list: what nobody has thought of yet is not on it, and a call without the argument is denied.',
        invariant: (names) => `in calls of ${names}, ${what}`,
        tried: (): Tried[] => [
          ...values.map((value): Tried => ({ name: value, value, expect: 'ALLOW' })),
          { name: 'a value that is not listed', value: other, expect: 'DENY' },
          ...exceptGroups.map(
            (group): Tried => ({
              name: `any value by ${group}`,
              value: other,
              caller: member(claim, group),
              expect: 'ALLOW',
            }),
          ),
        ],
      });
    },
  };
}
