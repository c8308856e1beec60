import { describe, expect, it } from 'vitest';
import { draftName, draftPolicy } from '../../../lib/authoring/generation/draft-policy';
import { draftTests } from '../../../lib/authoring/generation/draft-tests';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { PolicyLoading } from '../../../lib/policy/source/policy-loading';
import { readTestFile } from '../../../lib/policy/testing/file/read-test-file';
import type { GatewayUnderTest } from '../../../lib/policy/testing/run/gateway-under-test';
import { suggestedFile } from '../../../lib/policy/testing/suggestion/render-suggestion';

const ARN = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/shop-abcdefghij';
const head = (effect: string): string =>
  `${effect}(principal is AgentCore::OAuthUser, action == AgentCore::Action::"shop___refund", resource == AgentCore::Gateway::"${ARN}")`;
const FINANCE = `when { principal.hasTag("department") && principal.getTag("department") == "finance" };`;

describe('a draft', () => {
  it('fits every stage, and says what it was made of', () => {
    const text = draftPolicy(
      { fragment: 'Finance may\n refund "now".', statement: `${head('permit')} ${FINANCE}\n` },
      ARN,
    );
    expect(text).toBe(
      `// Made of the sentence in the description by the service. Read it, and its tests, as if somebody else had written it.
@description("Finance may refund \\"now\\".")
permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"shop___refund", resource == ?resource) ${FINANCE}
`,
    );
  });

  it.each([
    ['another gateway', 'permit(principal, action, resource == AgentCore::Gateway::"other");'],
    ['any gateway', 'permit(principal, action, resource is AgentCore::Gateway);'],
    [
      'a gateway in a condition',
      `permit(principal, action, resource) when { resource == AgentCore::Gateway::"${ARN}" };`,
    ],
  ])('keeps %s as it came', (_, statement) => {
    expect(draftPolicy({ fragment: 'a', statement }, ARN)).toContain(`\n${statement}\n`);
  });

  it('is called after its first words, and like nothing that is there', () => {
    const taken = new Set(['finance-may-call-refund', 'finance-may-call-refund-2']);
    expect(draftName('Finance may call refund!', (name) => taken.has(name))).toBe('finance-may-call-refund-3');
    expect(draftName('Everybody in the finance department may call the refund tool', () => false)).toBe(
      'everybody-in-the-finance-department-may',
    );
    expect(draftName('财务', () => false)).toBe('policy');
  });
});

describe('the tests of a draft', () => {
  it('of a permit are a call that it allows and one that its conditions keep out', async () => {
    expect(await outcomes(`${head('permit')} ${FINANCE}`)).toEqual(['ALLOW', 'DENY']);
  });

  it('of a forbid are a call that it denies and one that its conditions let pass', async () => {
    expect(await outcomes(`${head('forbid')} ${FINANCE}`, `${head('permit')};`)).toEqual(['DENY', 'ALLOW']);
  });

  it('are none for a draft that changes nothing', async () => {
    expect(await outcomes(`${head('permit')} ${FINANCE}`, `${head('permit')};`)).toEqual([]);
  });
});

/** What the tests of a draft expect, in a file that can be read again. */
async function outcomes(draft: string, ...others: string[]): Promise<unknown[]> {
  const loading = new PolicyLoading('test');
  for (const [index, text] of others.entries()) {
    loading.add({ file: `${index}.cedar`, text, defaultId: `${index}`, kind: 'policies' });
  }
  loading.add({
    file: 'draft.cedar',
    text: draftPolicy({ fragment: 'it', statement: draft }, ARN),
    defaultId: 'draft',
    kind: 'policies',
  });
  const { policies } = loading;
  const schema = { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] };
  const gateway: GatewayUnderTest = {
    policies,
    targets: [{ name: 'shop', tools: [{ name: 'refund', description: '', inputSchema: schema }] }],
    gatewayArn: ARN,
    trusted: { onSpoof: 'overwrite', tables: {} },
  };
  const set = preparePolicySet({ ...gateway, mode: 'ENFORCE' });
  const suggestions = await draftTests({ id: 'draft', gateway, set, files: [] });
  if (suggestions.length > 0) {
    expect(readTestFile('draft.test.yaml', suggestedFile(suggestions))).toMatchObject({ diagnostics: [] });
  }
  return suggestions.map(({ test }) => test.expect);
}
