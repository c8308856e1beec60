import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Claims } from '../../lib/contract/claims';
import { authorize } from '../../lib/policy/decision/authorize';
import { callOf, findingsOf, payPolicy, setOf } from '../policy/subject';

const page = readFileSync(join(__dirname, '../../docs/identity.md'), 'utf8');

interface Row {
  readonly provider: string;
  readonly condition: string;
  readonly holds: Claims;
  readonly fails: Claims;
}

/** Rows with a condition and two sets of claims. */
const rows = page.split('\n').flatMap((line): Row[] => {
  const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').replaceAll('\\|', '|'));
  const [provider = '', , condition = '', holds = '', fails = ''] = cells;
  if (cells.length !== 5 || !condition.startsWith('`principal.')) return [];
  const code = (cell: string): string => cell.replace(/^`|`$/g, '');
  return [
    {
      provider,
      condition: code(condition),
      holds: JSON.parse(code(holds)) as Claims,
      fails: JSON.parse(code(fails)) as Claims,
    },
  ];
});

describe('claims of identity providers in docs/identity.md', () => {
  it('are many', () => {
    expect(rows.length).toBeGreaterThanOrEqual(11);
  });

  it.each(rows)('$provider: $condition', ({ condition, holds, fails }) => {
    const text = payPolicy(condition);
    // The page says of claims that are objects what the finding says.
    const isObject = Object.values(holds).some((value) => typeof value === 'object' && !Array.isArray(value));
    const expected = ['POLICY_TOOL_UNREACHABLE', ...(isObject ? ['POLICY_OBJECT_SEARCHED'] : [])];
    expect(
      findingsOf(text)
        .map(({ code }) => code)
        .sort(),
    ).toEqual(expected.sort());
    const set = setOf(text);
    expect(authorize(set, callOf(undefined, holds)).outcome).toBe('ALLOW');
    expect(authorize(set, callOf(undefined, fails)).outcome).toBe('DENY');
    expect(authorize(set, callOf(undefined, {})).outcome).toBe('DENY');
  });
});
