import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lakehouseTools } from '../../../../lambda/tools/lakehouse/tools';
import { caller } from '../call-tool';
import { fakeLake, TRUSTED } from './fake-lake';

async function statementOf(tool: string, args: object) {
  const { lake, asked } = fakeLake([{ answer: 1 }]);
  const answer = await caller('lakehouse', lakehouseTools(lake)).call(tool, args);
  return { answer, caller: asked[0]?.caller, statement: asked[0]?.statement };
}

describe('the lakehouse tools', () => {
  it('ask for the rows of the caller, in the columns of the group', async () => {
    const { statement, caller } = await statementOf('query_claims', { status: 'paid', ...TRUSTED.policyholder });
    expect(statement?.sql).toMatch(/^SELECT claim_id, .* FROM claims WHERE user_id = \? AND status = \? ORDER BY /);
    expect(statement?.sql).not.toContain('fraud_score');
    expect(statement?.parameters).toEqual(['policyholder001', 'paid']);
    expect(caller).toEqual({ group: 'policyholders', id: 'policyholder001', geography: 'US' });
  });

  it('ask for the claims that an adjuster works on', async () => {
    const { statement } = await statementOf('get_claim_details', { claim_id: 'CLM-1', ...TRUSTED.adjuster });
    expect(statement?.sql).toContain('WHERE adjuster_id = ? AND claim_id = ?');
    expect(statement?.sql).not.toContain('bank_account');
    expect(statement?.parameters).toEqual(['adjuster001', 'CLM-1']);
  });

  it('ask for every claim for an administrator', async () => {
    const { statement } = await statementOf('query_claims', TRUSTED.administrator);
    expect(statement?.sql).not.toContain('WHERE');
    expect(statement?.parameters).toEqual([]);
  });

  it('compare dates and amounts as such', async () => {
    const { statement } = await statementOf('query_claims', {
      submitted_from: '2026-01-01',
      submitted_to: '2026-02-28',
      min_amount: 1000,
      ...TRUSTED.administrator,
    });
    expect(statement?.sql).toContain(
      'WHERE submitted_on >= CAST(? AS date) AND submitted_on <= CAST(? AS date) AND claim_amount >= CAST(? AS decimal(12,2))',
    );
    expect(statement?.parameters).toEqual(['2026-01-01', '2026-02-28', '1000.00']);
  });

  it.each(['query_claims', 'get_claims_summary', 'query_login_audit', 'text_to_sql'])(
    'deny %s when nobody vouches for the caller',
    async (tool) => {
      const args = { group_by: 'status', question: 'how many claims' };
      for (const trusted of [
        {},
        { ...TRUSTED.administrator, caller_role: 'root' },
        { caller_role: 'administrators' },
      ]) {
        const { answer, statement } = await statementOf(tool, { ...args, ...trusted });
        expect(answer.error?.code).toBe('DENIED');
        expect(statement).toBeUndefined();
      }
    },
  );

  it('refuse the login audit to other groups by themselves', async () => {
    const { answer, statement } = await statementOf('query_login_audit', TRUSTED.adjuster);
    expect(answer.error?.code).toBe('NOT_FOR_YOUR_ROLE');
    expect(statement).toBeUndefined();
  });

  it('say the same of a claim of somebody else and of none', async () => {
    const { lake } = fakeLake([]);
    const answer = await caller('lakehouse', lakehouseTools(lake)).call('get_claim_details', {
      claim_id: 'CLM-1',
      ...TRUSTED.policyholder,
    });
    const message = 'there is no such claim that you may see';
    expect(answer).toEqual({ error: { code: 'CLAIM_NOT_FOUND', message, requestId: expect.any(String) } });
  });

  it.each([
    ['query_claims', { status: 'lost' }],
    ['query_claims', { submitted_from: 'yesterday' }],
    ['query_claims', { min_amount: -1 }],
    ['query_claims', { min_amount: 10_000_000_000 }],
    ['get_claim_details', {}],
    ['get_claim_details', { claim_id: 'CLM-1\u0000' }],
    ['query_login_audit', { username: 'a\nb' }],
    ['get_claims_summary', { group_by: 'claimant_name' }],
    ['query_login_audit', { outcome: 'any' }],
    ['text_to_sql', { question: '' }],
  ])('refuse arguments of %s that do not fit: %j', async (tool, args) => {
    const { answer, statement } = await statementOf(tool, { ...args, ...TRUSTED.administrator });
    expect(answer.error?.code).toBe('INVALID_ARGUMENTS');
    expect(statement).toBeUndefined();
  });

  it('tell what can be asked when a question is not understood', async () => {
    const { answer } = await statementOf('text_to_sql', { question: 'who is the boss?', ...TRUSTED.administrator });
    expect(answer.error).toMatchObject({ code: 'NOT_UNDERSTOOD', message: expect.stringContaining('by status') });
  });

  it('never let an argument into the text of a statement', async () => {
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom("' OR 1=1 --", '"; DROP TABLE claims', '?', '$1'),
    );
    const safe = new Set(
      await Promise.all(
        [{}, { username: 'a' }, { since: '2026-01-01' }, { username: 'a', since: '2026-01-01' }].map(
          async (args) =>
            (await statementOf('query_login_audit', { ...args, ...TRUSTED.administrator })).statement?.sql,
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (username, claimId) => {
        const audit = await statementOf('query_login_audit', { username, ...TRUSTED.administrator });
        if (audit.statement !== undefined) {
          expect(safe).toContain(audit.statement.sql);
          expect(audit.statement.parameters).toEqual([username]);
        }
        const claim = await statementOf('get_claim_details', { claim_id: claimId, ...TRUSTED.policyholder });
        if (claim.statement !== undefined) {
          expect(claim.statement.sql.match(/\?/g)).toHaveLength(2);
          expect(claim.statement.parameters).toEqual(['policyholder001', claimId]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
