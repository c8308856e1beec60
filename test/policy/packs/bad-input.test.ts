import { describe, expect, it } from 'vitest';
import { PolicyPack } from '../../../lib/policy';
import { endings } from '../../../lib/policy/packs/ending';
import { loaded } from './bank';

function findings(...packs: PolicyPack[]): string[] {
  const { diagnostics, policies } = loaded(packs);
  expect(policies.length).toBe(0);
  return diagnostics.map(({ code, message, help }) => `${code}: ${message}; ${help}`);
}

const HOURS = { tools: ['class:write'], timeZone: 'Europe/Berlin', from: '08:00', to: '18:00', years: [2127] };
const AMOUNT = { tools: ['bank___pay'], argument: 'amount', limit: '500' };

describe('what is wrong with a pack', () => {
  it.each<[string, PolicyPack, string]>([
    [
      'a tool that there is not',
      PolicyPack.amountBelow({ ...AMOUNT, tools: ['bank___pai'] }),
      'PACK_TOOL_UNKNOWN: pack `amount-below` names `bank___pai`, which is no tool, target or class of the gateway; did you mean `bank___pay`?',
    ],
    [
      'a class that there is not',
      PolicyPack.groups({ clerks: ['class:raed'] }),
      'PACK_TOOL_UNKNOWN: pack `groups` names `class:raed`, which is no tool, target or class of the gateway; did you mean `class:read`?',
    ],
    [
      'no tool at all',
      PolicyPack.groups({}),
      'PACK_WITHOUT_TOOLS: pack `groups` is about no tool; name tools as `target___tool`, or a class that tools are in, such as `class:write`',
    ],
    [
      'an argument that is no number',
      PolicyPack.amountBelow({ ...AMOUNT, argument: 'payer' }),
      'PACK_STATEMENT_INVALID: pack `amount-below`: argument `payer` is not a number; compare it as what the schema of the tool says that it is',
    ],
    [
      'an argument that there is not',
      PolicyPack.amountBelow({ ...AMOUNT, argument: 'amont' }),
      'PACK_STATEMENT_INVALID: pack `amount-below`: tool `bank___pay` has no argument `amont`; did you mean `amount`?',
    ],
    [
      'a limit that Cedar cannot hold',
      PolicyPack.amountBelow({ ...AMOUNT, limit: '0.12345' }),
      'PACK_STATEMENT_INVALID: pack `amount-below`: `0.12345` is not a decimal that Cedar can hold; write digits, with up to four decimals for a JSON `number` and none for an `integer`, for example `5000.00`',
    ],
    [
      'a time zone that there is not',
      PolicyPack.officeHours({ ...HOURS, timeZone: 'Europe/Berlyn' }),
      'PACK_OPTION_INVALID: pack `office-hours` has `Europe/Berlyn` as `timeZone`, which is not a time zone such as `Europe/Berlin`; did you mean `Europe/Berlin`?',
    ],
    [
      'a holiday out of range',
      PolicyPack.officeHours({ ...HOURS, holidays: ['2126-12-24'] }),
      'PACK_OPTION_INVALID: pack `office-hours` has `2126-12-24` as `holidays`, which is not a day from `2127-01-01` to `2127-12-31`; give a day from `2127-01-01` to `2127-12-31`',
    ],
    [
      'a holiday that is no day',
      PolicyPack.officeHours({ ...HOURS, holidays: ['2127-02-30'] }),
      'PACK_OPTION_INVALID: pack `office-hours` has `2127-02-30` as `holidays`, which is not a day from `2127-01-01` to `2127-12-31`; give a day from `2127-01-01` to `2127-12-31`',
    ],
    [
      'hours that end before they begin',
      PolicyPack.officeHours({ ...HOURS, to: '07:00' }),
      'PACK_OPTION_INVALID: pack `office-hours` has `07:00` as `to`, which is not a later time of the same day, at most `24:00`; give a later time of the same day, at most `24:00`',
    ],
    [
      'no year',
      PolicyPack.officeHours({ ...HOURS, years: [] }),
      'PACK_OPTION_INVALID: pack `office-hours` has `[]` as `years`, which is not the first and the last of at most 5 years; give the first and the last of at most 5 years',
    ],
    [
      'an id that is none',
      PolicyPack.groups({ clerks: ['class:read'] }, { id: '../x' }),
      'PACK_ID_INVALID: `../x` is no id of a pack; use up to 48 letters, digits and hyphens, with a letter in front, for example `refund-limit`',
    ],
    [
      'a date that is none',
      PolicyPack.untilDate({ group: 'auditors', tools: ['class:read'], until: '2127-02-30' }),
      'PACK_STATEMENT_INVALID: pack `until-date`: `2127-02-30` is not a time such as `2026-12-31T08:00:00Z`; write a time such as `2026-12-31T08:00:00Z`',
    ],
    [
      'a field that agents choose',
      PolicyPack.trustedGeography({ tools: ['bank___pay'], field: 'currency', geographies: ['EU'] }),
      'PACK_FIELD_UNTRUSTED: pack `trusted-geography` relies on `currency`, which agents choose when they call `bank___pay`; declare the field under `trustedContext` for this tool, so that the interceptor fills it',
    ],
    [
      'a tool of two duties',
      PolicyPack.separationOfDuties({ requesters: ['bank___pay'], approvers: ['class:money'] }),
      'PACK_OPTION_INVALID: pack `separation-of-duties` has `bank___pay` as `duties`, which is not a tool of one group only, and it is one of requesters already; give a tool of one group only, and it is one of requesters already',
    ],
    [
      'one duty alone',
      PolicyPack.separationOfDuties({ requesters: ['bank___pay'] }),
      'PACK_OPTION_INVALID: pack `separation-of-duties` has `requesters` as `duties`, which is not a table of at least two groups; give a table of at least two groups',
    ],
    [
      'an environment for nobody',
      PolicyPack.environments({ tools: ['bank___deploy'], argument: 'environment', groups: { prod: [] } }),
      'PACK_OPTION_INVALID: pack `environments` has `prod` as `groups`, which is not an environment with at least one group; give an environment with at least one group',
    ],
    [
      'no value',
      PolicyPack.allowedValues({ tools: ['bank___pay'], argument: 'currency', values: [] }),
      'PACK_STATEMENT_INVALID: pack `allowed-values`: a list of no values matches nothing; give at least one value',
    ],
    [
      'a group whose name no text can be searched for',
      PolicyPack.breakGlass({ tools: ['class:write'], group: 'all*' }),
      'PACK_STATEMENT_INVALID: pack `break-glass`: `all*` cannot be looked for in the JSON text of a claim; use names without `*`, `"` and `\\`',
    ],
    [
      'nobody who only reads',
      PolicyPack.readOnly({ groups: [] }),
      'PACK_OPTION_INVALID: pack `read-only` has `[]` as `groups`, which is not a list of at least one group; give a list of at least one group',
    ],
    [
      'no scope',
      PolicyPack.scopes({}),
      'PACK_WITHOUT_TOOLS: pack `scopes` is about no tool; name tools as `target___tool`, or a class that tools are in, such as `class:write`',
    ],
  ])('is a finding: %s', (_, pack, expected) => {
    expect(findings(pack)).toEqual([expected]);
  });

  it('is that another one has its id', () => {
    const { diagnostics } = loaded([PolicyPack.amountBelow(AMOUNT), PolicyPack.amountBelow(AMOUNT)]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['PACK_ID_TWICE']);
  });
});

describe('the end of a pack', () => {
  const { packs } = loaded([PolicyPack.officeHours({ ...HOURS, noticeDays: 30 })]);
  const codes = (now: string): string[] =>
    endings(packs, new Date(now)).map(({ code, message }) => `${code}: ${message}`);

  it('is told before, and afterwards', () => {
    expect(codes('2127-12-01T22:59:59Z')).toEqual([]);
    expect(codes('2127-12-02T12:00:00Z')).toEqual([
      'PACK_ENDS_SOON: pack `office-hours` ends in 30 days, at `2127-12-31T23:00:00Z`: from then on nobody may call class:write',
    ]);
    expect(codes('2127-12-31T23:00:00Z')).toEqual([
      'PACK_ENDED: pack `office-hours` ended at `2127-12-31T23:00:00Z`: since then nobody may call class:write',
    ]);
  });
});
