import { PolicySource, type SourceContent } from '../source/source';
import { type SourceGateway, UNKNOWN_GATEWAY } from '../source/source-gateway';
import { type AllowedValuesOptions, allowedValues } from './kinds/allowed-values';
import { type AmountBelowOptions, amountBelow } from './kinds/amount-below';
import { type BreakGlassOptions, breakGlass } from './kinds/break-glass';
import { type EnvironmentsOptions, environments } from './kinds/environments';
import { type GrantsByGroup, type GroupsOptions, groups } from './kinds/groups';
import { type OfficeHoursOptions, officeHours } from './kinds/office-hours';
import { type OwnRecordsOptions, ownRecords } from './kinds/own-records';
import { type ReadOnlyOptions, readOnly } from './kinds/read-only';
import { type ScopesOptions, scopes, type ToolsByScope } from './kinds/scopes';
import { type Duties, separationOfDuties } from './kinds/separation-of-duties';
import { type TrustedGeographyOptions, trustedGeography } from './kinds/trusted-geography';
import { type UntilDateOptions, untilDate } from './kinds/until-date';
import type { PackDefinition, PackOptions } from './pack';
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

  /**
   * Environments, which an argument names, are for certain groups.
   *
   * @example
   * PolicyPack.environments({
   *   tools: ['fleet___restart_service'],
   *   argument: 'environment',
   *   groups: { prod: ['releases'], staging: ['developers', 'releases'] },
   *   open: ['dev'],
   * });
   */
  static environments(options: EnvironmentsOptions): PolicyPack {
    return new PolicyPack(environments(options));
  }

  /**
   * Callers may ask for their own records only: an argument has to be who calls.
   *
   * @example
   * PolicyPack.ownRecords({ tools: ['claims___get_claim'], argument: 'owner', exceptGroups: ['adjusters'] });
   */
  static ownRecords(options: OwnRecordsOptions): PolicyPack {
    return new PolicyPack(ownRecords(options));
  }

  /**
   * A group may call tools until a date. A warning says when it ends soon.
   *
   * @example
   * PolicyPack.untilDate({ group: 'auditors', tools: ['class:read'], until: '2027-04-01' });
   */
  static untilDate(options: UntilDateOptions): PolicyPack {
    return new PolicyPack(untilDate(options));
  }

  /**
   * An extra group for emergencies, each use of which sets off an alarm.
   *
   * @example
   * PolicyPack.breakGlass({ group: 'break-glass', tools: ['class:write'] });
   */
  static breakGlass(options: BreakGlassOptions): PolicyPack {
    return new PolicyPack(breakGlass(options));
  }

  /**
   * What one group does is not for the other, and who is in both may do neither.
   *
   * @example
   * PolicyPack.separationOfDuties({ requesters: ['bank___pay'], approvers: ['bank___approve_payment'] });
   */
  static separationOfDuties(duties: Duties, options: PackOptions = {}): PolicyPack {
    return new PolicyPack(separationOfDuties(duties, options));
  }

  /**
   * Tools may be called from certain geographies only, by a field that the interceptor fills.
   *
   * @example
   * PolicyPack.trustedGeography({ tools: ['class:read'], field: 'geography', geographies: ['US', 'CA'] });
   */
  static trustedGeography(options: TrustedGeographyOptions): PolicyPack {
    return new PolicyPack(trustedGeography(options));
  }

  /**
   * An argument has to be one of some values.
   *
   * @example
   * PolicyPack.allowedValues({ tools: ['bank___pay'], argument: 'currency', values: ['EUR', 'USD'] });
   */
  static allowedValues(options: AllowedValuesOptions): PolicyPack {
    return new PolicyPack(allowedValues(options));
  }

  /**
   * Tools need an OAuth scope in the token.
   *
   * @example
   * PolicyPack.scopes({ 'notes/read': ['class:read'], 'notes/write': ['class:write'] });
   */
  static scopes(tools: ToolsByScope, options: ScopesOptions = {}): PolicyPack {
    return new PolicyPack(scopes(tools, options));
  }

  /**
   * Groups that may only call tools of the class `read`, whatever else they are permitted.
   *
   * @example
   * PolicyPack.readOnly({ groups: ['auditors', 'interns'] });
   */
  static readOnly(options: ReadOnlyOptions): PolicyPack {
    return new PolicyPack(readOnly(options));
  }

  private constructor(private readonly definition: PackDefinition) {
    super();
  }

  /** @internal */
  override get _watched(): readonly string[] {
    return this.definition.watched === true ? [this.definition.id] : [];
  }

  /** @internal */
  override _read(_baseDirectory: string, gateway: SourceGateway = UNKNOWN_GATEWAY): SourceContent {
    return renderPack(this.definition, gateway);
  }
}
