import { PolicySource, type SourceContent } from '../source/source';
import { type SourceGateway, UNKNOWN_GATEWAY } from '../source/source-gateway';
import { type AmountBelowOptions, amountBelow } from './kinds/amount-below';
import { type GrantsByGroup, type GroupsOptions, groups } from './kinds/groups';
import { type OfficeHoursOptions, officeHours } from './kinds/office-hours';
import type { PackDefinition } from './pack';
import { renderPack } from './render-pack';

/**
 * Policies that everybody writes, with their tests and invariants. A pack is a policy source: it renders the Cedar that a person would write,
 * from the tools of the gateway that it is given to. `governed-gateway eject` writes it as files.
 *
 * @example
 * gateway.addPolicies(
 *   PolicyPack.groups({ adjusters: ['class:read'], managers: ['class:read', 'class:write'] }),
 *   PolicyPack.amountBelow({ tools: ['refunds___create_refund'], argument: 'amount', limit: '500' }),
 * );
 */
export class PolicyPack extends PolicySource {
  /**
   * Amounts have to be below a limit, or below a higher one for some groups.
   *
   * @example
   * PolicyPack.amountBelow({
   *   tools: ['refunds___create_refund'],
   *   argument: 'amount',
   *   limit: '500',
   *   groupLimits: { managers: '5000' },
   * });
   */
  static amountBelow(options: AmountBelowOptions): PolicyPack {
    return new PolicyPack(amountBelow(options));
  }

  /**
   * Groups and the tools that they may call.
   *
   * @example
   * PolicyPack.groups({ adjusters: ['class:read'], managers: ['class:read', 'class:write'] });
   */
  static groups(grants: GrantsByGroup, options: GroupsOptions = {}): PolicyPack {
    return new PolicyPack(groups(grants, options));
  }

  /**
   * Tools may be called at certain times only: hours and days of a time zone, with its daylight saving time, without its holidays.
   *
   * @example
   * PolicyPack.officeHours({
   *   tools: ['class:write'],
   *   timeZone: 'Europe/Berlin',
   *   from: '08:00',
   *   to: '18:00',
   *   years: [2027, 2028],
   *   holidays: ['2027-12-24', '2027-12-31'],
   * });
   */
  static officeHours(options: OfficeHoursOptions): PolicyPack {
    return new PolicyPack(officeHours(options));
  }

  private constructor(private readonly definition: PackDefinition) {
    super();
  }

  /** @internal */
  override _read(_baseDirectory: string, gateway: SourceGateway = UNKNOWN_GATEWAY): SourceContent {
    return renderPack(this.definition, gateway);
  }
}
