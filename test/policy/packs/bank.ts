import type { JsonObject } from '../../../lib/contract/json';
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

export const BANK_GATEWAY: SourceGateway = { targets: BANK };

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
