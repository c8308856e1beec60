import type { JsonObject } from '../../../contract/json';
import { input } from '../../statements/input';
import { argumentLimit, type Tried } from '../argument-limit';
import { anyOf, butFor, exemptOf, member } from '../callers';
import type { PackDefinition, PackOptions } from '../pack';

/** Whose records a caller may ask for. */
export interface OwnRecordsOptions extends PackOptions {
  /** Tools as `target___tool`, targets, or classes: those tools that are in it. */
  readonly tools: string[];
  /** Argument that says whose record it is. A call without it is denied. */
  readonly argument: string;
  /**
   * Claim that has to be equal to it.
   *
   * @default sub
   */
  readonly claim?: string;
  /**
   * Groups that may ask for the records of everybody.
   *
   * @default - none
   */
  readonly exceptGroups?: string[];
}

export function ownRecords(options: OwnRecordsOptions): PackDefinition {
  const { id = 'own-records', tools, argument, claim = 'sub', exceptGroups = [] } = options;
  return {
    kind: 'ownRecords',
    id,
    render(gateway) {
      const groupsClaim = gateway.groupsClaim(options.groupsClaim);
      const but = butFor(exceptGroups);
      const caller = { name: 'ann', claims: { [claim]: 'ann' } satisfies JsonObject };
      return argumentLimit(gateway, {
        tools,
        argument,
        allowed: anyOf([input(argument).equalsClaim(claim), ...exemptOf(groupsClaim, exceptGroups)]),
        description: `Callers get their own records only: ${argument} is their ${claim}${but}`,
        comment:
          'Whose record it is has to be said, and has to be who calls: the token says that, and no agent can change it.',
        invariant: (names) => `${names} never give a caller the record of somebody else${but}`,
        tried: (): Tried[] => [
          { name: 'her own record', value: 'ann', caller, expect: 'ALLOW' },
          { name: 'the record of somebody else', value: 'bob', caller, expect: 'DENY' },
          ...exceptGroups.map(
            (group): Tried => ({
              name: `any record by ${group}`,
              value: 'bob',
              caller: member(groupsClaim, group),
              expect: 'ALLOW',
            }),
          ),
        ],
      });
    },
  };
}
