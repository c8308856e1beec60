import { expect, it } from 'vitest';
import { suggest } from '../../lib/diagnostics/suggest';

const TOOLS = ['payments___create_transfer', 'payments___list_transfers', 'records___read'];

it.each<[name: string, candidates: readonly string[], suggestion: string | undefined]>([
  ['payments___create_transfers', TOOLS, 'payments___create_transfer'],
  ['payment___create_transfer', TOOLS, 'payments___create_transfer'],
  ['create_transfer', TOOLS, 'payments___create_transfer'],
  ['creat-transfer', TOOLS, 'payments___create_transfer'],
  ['payments___read', ['read', 'write'], 'read'],
  ['payment', [...TOOLS, 'payments'], 'payments'],
  ['tresurers', ['treasurers', 'clerks'], 'treasurers'],
  ['EURO', ['EUR', 'USD'], 'EUR'],
  ['weather', TOOLS, undefined],
])('suggests for %s of %j: %s', (name, candidates, suggestion) => {
  expect(suggest(name, candidates)).toBe(suggestion);
});
