import type { CedarType } from '../../../contract/arguments/cedar-type';
import type { JsonValue } from '../../../contract/json';
import { input } from '../../statements/input';
import { argumentLimit, type Tried } from '../argument-limit';
import { ANYBODY, anyOf, member, memberOf } from '../callers';
import type { PackDefinition, PackOptions } from '../pack';

/** What may be paid, ordered or moved in one call. */
export interface AmountBelowOptions extends PackOptions {
  /** Tools as `target___tool`, targets, or classes such as `class:money`: those tools that are in it. */
  readonly tools: string[];
  /** Argument that is the amount, a JSON `number` or `integer`. A call without it is denied. */
  readonly argument: string;
  /** Amounts have to be smaller than this. Written as text, so that it stays exact: `500.00`. */
  readonly limit: string;
  /**
   * Higher limits, by group.
   *
   * @default - one limit for everybody
   */
  readonly groupLimits?: { readonly [group: string]: string };
}

export function amountBelow(options: AmountBelowOptions): PackDefinition {
  const { id = 'amount-below', tools, argument, limit, groupLimits = {} } = options;
  return {
    kind: 'amountBelow',
    id,
    render(gateway) {
      const claim = gateway.groupsClaim(options.groupsClaim);
      const higher = Object.entries(groupLimits);
      const what = `below ${limit}${higher.map(([group, own]) => `, for ${group} below ${own}`).join('')}`;
      const limits = [
        { caller: ANYBODY, own: limit },
        ...higher.map(([group, own]) => ({ caller: member(claim, group), own })),
      ];
      return argumentLimit(gateway, {
        tools,
        argument,
        allowed: anyOf([
          input(argument).lessThan(limit),
          ...higher.map(([group, own]) => memberOf(claim, [group]).and(input(argument).lessThan(own))),
        ]),
        description: `The argument ${argument} is ${what}`,
        comment: `A call has to be below the limit to be allowed, so that one without ${argument} is denied too. The comparison is exact: Cedar keeps four digits after the point.`,
        invariant: (names) => `in calls of ${names}, ${argument} is ${what}`,
        tried: ({ type }) =>
          limits.flatMap(({ caller, own }) => [
            ...tried(`${caller.name} just below ${own}`, amount(own, -1n, type), { caller, expect: 'ALLOW' }),
            ...tried(`${caller.name} at ${own}`, amount(own, 0n, type), { caller, expect: 'DENY' }),
          ]),
      });
    },
  };
}

function tried(name: string, value: JsonValue | undefined, rest: Pick<Tried, 'caller' | 'expect'>): Tried[] {
  return value === undefined ? [] : [{ name, value, ...rest }];
}

/** A limit, moved by the smallest steps that its type has; undefined for a number that JavaScript does not hold. */
function amount(limit: string, steps: bigint, type: CedarType | undefined): JsonValue | undefined {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(limit) ?? [];
  const unit = type?.kind === 'long' ? 0 : 4;
  const scaled = BigInt(`${sign}${whole}${fraction.padEnd(unit, '0').slice(0, unit)}`) + steps;
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(unit + 1, '0');
  const point = digits.length - unit;
  const text = `${scaled < 0n ? '-' : ''}${digits.slice(0, point)}${unit === 0 ? '' : `.${digits.slice(point)}`}`;
  if (type?.kind === 'decimal-string') return text;
  return digits.length > 15 ? undefined : Number(text);
}
