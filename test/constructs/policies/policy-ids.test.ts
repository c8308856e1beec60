import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { PolicySource } from '../../../lib';
import { POLICY_IDS_MAX, policyIdAttribute } from '../../../lib/contract/custom-resources';
import { notesProps, stackWith } from '../notes-gateway';
import { findingsOf } from '../synth-findings';

const ids = ['a', 'b'];
const policies = ids.map((id) => PolicySource.fromInline(policyText(id)));
const props = { ...notesProps(), policies };

function policyText(id: string): string {
  return `@id("notes/${id}") permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"notes___delete_note", resource == ?resource) when { principal.id like "${id}*" };`;
}

describe('the id of a policy on the service', () => {
  it('is an attribute of the policy set, asked for by name, once, in this stack and in others', () => {
    const { app, stack, gateway } = stackWith(props);
    new CfnOutput(stack, 'First', { value: gateway.policyId('notes/a') });
    new CfnOutput(new Stack(app, 'Operations'), 'Second', { value: gateway.policyId('notes/a') });
    const template = Template.fromStack(stack);
    const [[logicalId, set] = ['']] = Object.entries(template.findResources('Custom::AgentCorePolicySet'));
    const names = set?.['Properties'].PolicyIdsOf as string[];
    expect(names).toEqual([expect.stringMatching(/^notes_a_[0-9a-f]{8}$/)]);
    const attribute = { 'Fn::GetAtt': [logicalId, policyIdAttribute(names[0] ?? '')] };
    template.hasOutput('First', { Value: attribute });
    template.hasOutput('*', { Value: attribute, Export: {} });
  });

  it('is not asked for where nobody needs it', () => {
    const set = Object.values(Template.fromStack(stackWith(props).stack).findResources('Custom::AgentCorePolicySet'));
    expect(set[0]?.['Properties']).not.toHaveProperty('PolicyIdsOf');
  });

  it('exists for policies of the set only, and for as many as one answer has room for', () => {
    const unknown = stackWith(props, new App());
    unknown.gateway.policyId('notes/c');
    expect(findingsOf(unknown.app)).toContain('GATEWAY_POLICY_UNKNOWN at Notes/Gateway');
    const many = Array.from({ length: POLICY_IDS_MAX + 1 }, (_, index) => `many-${index}`);
    const full = stackWith(
      { ...props, policies: many.map((id) => PolicySource.fromInline(policyText(id))) },
      new App(),
    );
    for (const id of many) full.gateway.policyId(`notes/${id}`);
    expect(findingsOf(full.app)).toContain('GATEWAY_POLICY_IDS at Notes/Gateway');
  });

  it('fits into the answer of 4 KB, with ids of any length', () => {
    const data = Object.fromEntries(
      Array.from({ length: POLICY_IDS_MAX }, (_, index) => [policyIdAttribute(String(index)), 'x'.repeat(59)]),
    );
    // The longest that CloudFormation sends back and forth. Source: CloudFormation user guide, custom resource response objects.
    const answer = {
      Status: 'SUCCESS',
      Reason: 'SUCCESS',
      StackId: `arn:aws-us-gov:cloudformation:us-gov-west-1:123456789012:stack/${'s'.repeat(128)}/${'0'.repeat(36)}`,
      RequestId: '0'.repeat(36),
      PhysicalResourceId: `${'x'.repeat(59)}/${'l'.repeat(255)}`,
      LogicalResourceId: 'l'.repeat(255),
      NoEcho: false,
      Data: { PolicyCount: '1000', ...data },
    };
    expect(JSON.stringify(answer).length).toBeLessThanOrEqual(4_096);
  });
});
