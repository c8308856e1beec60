import type { CedarType } from '../../../contract/arguments/cedar-type';
import type { JsonValue } from '../../../contract/json';
import { input } from '../../statements/input';
import type { ToolAction } from '../../statements/tool-action';
import { ANYBODY, anyOf, listed, member, memberOf } from '../callers';
import type { PackCaller, PackCase, PackDefinition, PackOptions } from '../pack';

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
      const within = anyOf([
        input(argument).lessThan(limit),
        ...higher.map(([group, own]) => memberOf(claim, [group]).and(input(argument).lessThan(own))),
      ]);
      const raised = higher.map(([group, own]) => `, for ${group} below ${own}`).join('');
      const description = `Amounts in ${argument} have to be below ${limit}${raised}`;
      const groups = gateway.alike(gateway.tools(tools), argument);
      const statements = groups.map(({ actions }, index) => ({
        ...(index > 0 && { name: String(index + 1) }),
        effect: 'forbid' as const,
        on: { actions },
        unless: within,
        description,
        comment: `A call has to be below the limit to be allowed, so that one without ${argument} is denied too. The comparison is exact: Cedar keeps four digits after the point.`,
        invariant: `no amount of ${limit} or more${raised && ' (and what groups may exceed it by)'} goes through ${listed(actions)}`,
      }));
      const tried = (
        caller: PackCaller,
        own: string,
        tool: ToolAction,
        value: JsonValue | undefined,
        expect: PackCase['expect'],
      ): PackCase[] => {
        const name = `${caller.name}, limit ${own}: ${JSON.stringify(value)}`;
        return value === undefined ? [] : [{ name, caller, tool, arguments: { [argument]: value }, expect }];
      };
      const cases = groups.flatMap(({ actions: [tool], facts }): PackCase[] => {
        if (tool === undefined) return [];
        const limits = [
          { caller: ANYBODY, own: limit },
          ...higher.map(([group, own]) => ({ caller: member(claim, group), own })),
        ];
        return limits.flatMap(({ caller, own }) => [
          ...tried(caller, own, tool, amount(own, -1n, facts.type), 'ALLOW'),
          ...tried(caller, own, tool, amount(own, 0n, facts.type), 'DENY'),
        ]);
      });
      return { description, statements, cases };
    },
  };
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
