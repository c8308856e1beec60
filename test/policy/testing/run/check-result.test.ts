import { describe, expect, it } from 'vitest';
import { checkResult } from '../../../../lib/policy/testing/run/check-result';

const ROWS = [
  { id: 1, owner: 'ann', ssn: '***-**-1234', note: null },
  { id: 2, owner: 'ann', ssn: null, note: '' },
];

describe('the expectations on an answer', () => {
  it.each([
    ['rows are there', { rows: 'some' }, ROWS],
    ['rows in an only list', { rows: 2 }, { claims: ROWS, count: 2 }],
    ['rows at a path', { rowsAt: 'result.claims', rows: 2 }, { result: { claims: ROWS }, other: [] }],
    ['no rows', { rows: 'none' }, []],
    ['owner equals', { every: { owner: 'ann' } }, ROWS],
    ['masked', { masked: ['ssn', 'note'] }, ROWS],
    ['masked by words', { masked: ['a'] }, [{ a: '[REDACTED]' }, { a: 'XXX-XX' }]],
    ['without', { without: ['password'] }, ROWS],
    ['text', { contains: 'ann' }, ROWS],
    ['text in prose', { contains: 'claim 7' }, 'this is claim 7'],
  ] as const)('holds: %s', (_, expected, answer) => {
    expect(checkResult(expected as Parameters<typeof checkResult>[0], answer as never)).toEqual([]);
  });

  it.each([
    ['no rows', { rows: 'some' }, [], 'the answer holds 0 rows, not some'],
    ['too many rows', { rows: 1 }, ROWS, 'the answer holds 2 rows, not 1'],
    ['another owner', { every: { owner: 'bob' } }, ROWS, 'a row has `owner` `"ann"`, not `"bob"`'],
    ['a type that looks alike', { every: { id: '1' } }, [{ id: 1 }], 'a row has `id` `1`, not `"1"`'],
    ['a clear value', { masked: ['owner'] }, ROWS, 'a row shows `owner` unmasked'],
    [
      'a mask of a column that is not there',
      { masked: ['iban'] },
      ROWS,
      'a row has no `iban`, so that no mask is proven',
    ],
    ['a field too much', { without: ['ssn'] }, ROWS, 'a row has the field `ssn`'],
    [
      'isolation of nothing',
      { every: { owner: 'ann' } },
      [],
      'the answer holds no row, so that nothing is proven about rows',
    ],
    ['masks of nothing', { masked: ['ssn'] }, [], 'the answer holds no row, so that nothing is proven about rows'],
    ['absence in nothing', { without: ['ssn'] }, [], 'the answer holds no row, so that nothing is proven about rows'],
    [
      'prose where rows were asked for',
      { rows: 'some' },
      'two rows',
      'the answer holds no list of rows; say where with `rowsAt`',
    ],
    ['a wrong path', { rowsAt: 'a.b', rows: 'some' }, { a: 1 }, 'the answer holds no list of rows at `a.b`'],
    ['two lists', { rows: 'some' }, { a: [], b: [] }, 'the answer holds no list of rows; say where with `rowsAt`'],
    ['other text', { contains: 'bob' }, ROWS, 'the answer does not contain `bob`'],
  ] as const)('does not hold: %s', (_, expected, answer, fault) => {
    expect(checkResult(expected as Parameters<typeof checkResult>[0], answer as never)).toEqual([fault]);
  });
});
