import type { JsonObject } from '../../../lib/contract/json';
import type { DeclaredTrustedField } from '../../../lib/contract/trusted-context';
import {
  LOCAL_GATEWAY_ARN,
  loadPolicies,
  PolicyPack,
  type PolicySet,
  PolicySource,
  preparePolicySet,
} from '../../../lib/policy';
import type { CatalogTarget } from '../../../lib/policy/schema/catalog-target';
import type { LoadedPolicies } from '../../../lib/policy/source/source';
import type { SourceGateway } from '../../../lib/policy/source/source-gateway';

const text = { type: 'string' };
const number = { type: 'number' };
const required = (properties: Record<string, JsonObject>, ...names: string[]) => ({
  type: 'object',
  properties,
  required: names,
});

/** A bank whose tools have arguments of every kind that packs compare. */
export const BANK: CatalogTarget[] = [
  {
    name: 'bank',
    tools: [
      { name: 'list_accounts', description: '', inputSchema: required({ owner: text }), classes: ['read'] },
      {
        name: 'get_account',
        description: '',
        inputSchema: required({ owner: text, region: text }, 'owner'),
        classes: ['read'],
      },
      {
        name: 'pay',
        description: '',
        inputSchema: required({ payer: text, amount: number, currency: text, region: text }, 'payer', 'amount'),
        classes: ['write', 'money'],
      },
      {
        name: 'approve_payment',
        description: '',
        inputSchema: required({ id: text }, 'id'),
        classes: ['write', 'money'],
      },
      { name: 'order', description: '', inputSchema: required({ amount: { type: 'integer' } }), classes: ['write'] },
      {
        name: 'deploy',
        description: '',
        inputSchema: required({ environment: text }, 'environment'),
        classes: ['write'],
      },
      {
        name: 'close_account',
        description: '',
        inputSchema: required({ owner: text }, 'owner'),
        classes: ['write', 'destructive'],
      },
    ],
  },
];

/** The region is what the interceptor says. */
export const TRUSTED: DeclaredTrustedField[] = [
  {
    name: 'region',
    type: 'string',
    description: 'Where the caller is',
    source: { kind: 'claim', claim: 'region' },
    tools: ['bank___pay', 'bank___get_account'],
  },
];

export const BANK_GATEWAY: SourceGateway = { targets: BANK, trustedFields: TRUSTED };

/** One pack, or two, of every kind, with all of their options in one of them. */
export const EVERY_PACK: { readonly [name: string]: () => PolicyPack } = {
  amountBelow: () =>
    PolicyPack.amountBelow({
      tools: ['bank___pay', 'bank___order'],
      argument: 'amount',
      limit: '500',
      groupLimits: { managers: '5000' },
    }),
  groups: () => PolicyPack.groups({ clerks: ['class:read'], managers: ['class:read', 'bank___pay'] }),
  environments: () =>
    PolicyPack.environments({
      tools: ['bank___deploy'],
      argument: 'environment',
      groups: { prod: ['releases'], staging: ['developers', 'releases'] },
      open: ['dev'],
    }),
  ownRecords: () =>
    PolicyPack.ownRecords({
      tools: ['bank___get_account', 'bank___list_accounts'],
      argument: 'owner',
      exceptGroups: ['clerks'],
    }),
  untilDate: () => PolicyPack.untilDate({ group: 'auditors', tools: ['class:read'], until: '2127-04-01' }),
  breakGlass: () => PolicyPack.breakGlass({ group: 'break-glass', tools: ['class:write'] }),
  separationOfDuties: () =>
    PolicyPack.separationOfDuties({
      requesters: ['bank___pay'],
      approvers: ['bank___approve_payment'],
      closers: ['class:destructive'],
    }),
  trustedGeography: () =>
    PolicyPack.trustedGeography({
      tools: ['bank___pay'],
      field: 'region',
      geographies: ['EU', 'US'],
      exceptGroups: ['travellers'],
    }),
  allowedValues: () =>
    PolicyPack.allowedValues({ tools: ['bank___pay'], argument: 'currency', values: ['EUR', 'USD'] }),
  scopes: () => PolicyPack.scopes({ 'bank/read': ['class:read'], 'bank/pay': ['bank___pay'] }),
  readOnly: () => PolicyPack.readOnly({ groups: ['auditors', 'interns'] }),
  officeHours: () =>
    PolicyPack.officeHours({
      tools: ['class:write'],
      timeZone: 'Europe/Berlin',
      from: '08:00',
      to: '18:00',
      years: [2127, 2128],
      holidays: ['2127-12-24'],
      exceptGroups: ['oncall'],
    }),
};

export function loaded(packs: readonly PolicySource[], gateway: SourceGateway = BANK_GATEWAY): LoadedPolicies {
  return loadPolicies(packs, { nameSeed: 'bank', gateway });
}

/** A permit for everything: with it, what is denied is denied by a pack. */
export const OPEN = PolicySource.fromInline(
  '@id("open") @validation("IGNORE_ALL_FINDINGS") permit(principal is AgentCore::OAuthUser, action, resource is AgentCore::Gateway);',
);

/** The policies of packs, and a permit for everything where all of them forbid. */
export function policiesOf(...packs: readonly PolicyPack[]): LoadedPolicies {
  const own = loaded(packs);
  return own.policies.every(({ effect }) => effect === 'forbid') ? loaded([...packs, OPEN]) : own;
}

export function setOf(...packs: readonly PolicyPack[]): PolicySet {
  const { policies } = policiesOf(...packs);
  return preparePolicySet({ policies, targets: BANK, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
}
