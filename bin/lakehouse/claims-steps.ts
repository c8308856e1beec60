import { GROUPS, type Group } from '../../lambda/tools/lakehouse/data-model';
import { type InterceptorStep, Steps } from '../../lib/index';

/** Tools whose answers hold claim records. */
const RECORDS = ['lakehouse___query_claims', 'lakehouse___get_claim_details'];

/** Callers in one of the groups. */
function members(...groups: Group[]) {
  return { claim: 'cognito:groups', values: groups };
}

/**
 * What the interceptors do beside filling in trusted context. On the way to the tools the steps run in this order, on the way back in
 * reverse: columns are masked, rows are counted out, and the audit record tells what the caller got.
 */
export function claimsSteps(): InterceptorStep[] {
  return [
    // What policies read of each call, so that changed policies can be tried on calls that were made.
    Steps.decisionRecord(),
    Steps.audit({ claims: ['username', 'cognito:groups'], arguments: [{ names: ['claim_id', 'group_by'] }] }),
    // Agents need not know of tools that are none of their caller's business. Whether a call is allowed is for the policies to say.
    Steps.toolFilter({
      denyCalls: false,
      rules: [
        { tools: [...RECORDS, 'lakehouse___text_to_sql'], visibleTo: members(...GROUPS) },
        { tools: ['lakehouse___get_claims_summary'], visibleTo: members('adjusters', 'administrators') },
        { tools: ['lakehouse___query_login_audit'], visibleTo: members('administrators') },
      ],
    }),
    Steps.inputCheck(),
    // The tool asks for the caller's rows only. Should it ever not, they do not get out.
    Steps.rowScope({
      tools: RECORDS,
      rows: 'claims',
      ownerField: 'user_id',
      claim: 'username',
      countFields: ['count'],
      exempt: members('adjusters', 'administrators'),
    }),
    Steps.rowScope({
      tools: RECORDS,
      rows: 'claims',
      ownerField: 'adjuster_id',
      claim: 'username',
      countFields: ['count'],
      exempt: members('policyholders', 'administrators'),
    }),
    Steps.redaction({
      fields: [
        {
          tools: RECORDS,
          paths: ['claims.claimant_email', 'claims.claimant_phone'],
          visibleTo: members('policyholders', 'administrators'),
          replacement: '***',
        },
        { tools: RECORDS, paths: ['claims.bank_account'], visibleTo: members('policyholders', 'administrators') },
        {
          tools: RECORDS,
          paths: ['claims.fraud_score', 'claims.adjuster_notes'],
          visibleTo: members('adjusters', 'administrators'),
        },
        { tools: RECORDS, paths: ['claims.sealed'], visibleTo: members('administrators') },
      ],
    }),
  ];
}
