import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../../lambda/tools/lakehouse/statement';
import { translate } from '../../../../lambda/tools/lakehouse/text-to-sql';

const administrator: Caller = { group: 'administrators', id: 'admin001', geography: 'US' };
const policyholder: Caller = { group: 'policyholders', id: 'policyholder001', geography: 'US' };

describe('translate', () => {
  it.each([
    [
      'How many claims are there?',
      'number of claims',
      'SELECT count(*) AS answer FROM claims ORDER BY 1 LIMIT 200',
      [],
    ],
    [
      'total amount of paid auto claims in 2025',
      'total amount of paid auto claims of 2025',
      undefined,
      ['paid', 'auto', '2025'],
    ],
    ['average claim by region', 'average amount of claims by region', undefined, []],
    ['largest claim per type', 'largest amount of claims by type', undefined, []],
    ['number of claims under review each month', 'number of under review claims by month', undefined, ['under_review']],
    ['how many claims were submitted per year?', 'number of claims by year', undefined, []],
    ['how many rejected home claims', 'number of denied home claims', undefined, ['denied', 'home']],
  ])('understands "%s"', (question, understoodAs, sql, parameters) => {
    const translation = translate(question, administrator);
    expect(translation?.understoodAs).toBe(understoodAs);
    expect(translation?.statement.parameters).toEqual(parameters);
    if (sql !== undefined) expect(translation?.statement.sql).toBe(sql);
  });

  it('asks about the rows of the caller first', () => {
    const { statement } = translate('how many denied claims by type', policyholder) ?? {};
    expect(statement).toEqual({
      sql: 'SELECT claim_type AS label, count(*) AS answer FROM claims WHERE user_id = ? AND status = ? GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200',
      parameters: ['policyholder001', 'denied'],
    });
  });

  it.each(['', 'hello', 'SELECT * FROM login_audit', 'list every claimant with e-mail'])(
    'does not understand "%s"',
    (question) => {
      expect(translate(question, administrator)).toBeUndefined();
    },
  );

  it('makes the same few statements whatever the wording', () => {
    const measure =
      '(?:count\\(\\*\\)|(?:sum|max|min)\\(claim_amount\\)|CAST\\(avg\\(claim_amount\\) AS decimal\\(12,2\\)\\)) AS answer';
    const label =
      '(?:status|claim_type|region|year\\(submitted_on\\)|substr\\(CAST\\(submitted_on AS varchar\\), 1, 7\\)) AS label, ';
    const condition = '(?:status = \\?|claim_type = \\?|year\\(submitted_on\\) = CAST\\(\\? AS integer\\))';
    const shape = new RegExp(
      `^SELECT (?:${label})?${measure} FROM claims WHERE user_id = \\?(?: AND ${condition})* (?:GROUP BY 1 ORDER BY 2 DESC, 1|ORDER BY 1) LIMIT 200$`,
    );
    const words = fc.constantFrom(
      ...[
        'how many',
        'total',
        'average',
        'by status',
        'per month',
        'paid',
        'auto',
        'in 2025',
        "'; DROP TABLE claims; --",
      ],
      ...[
        'UNION SELECT bank_account FROM claims',
        'where user_id =',
        '\\',
        '?',
        'or 1=1',
        'login_audit',
        'submitted claims',
      ],
    );
    const question = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(words, fc.string({ maxLength: 12 }))).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(question, (text) => {
        const statement = translate(text, policyholder)?.statement;
        if (statement === undefined) return;
        expect(statement.sql).toMatch(shape);
        expect(statement.parameters).toHaveLength(statement.sql.split('?').length - 1);
        expect(statement.parameters[0]).toBe('policyholder001');
      }),
      { numRuns: 2_000 },
    );
  });
});
