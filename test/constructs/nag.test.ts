import { App, Fn, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { Identity, PolicySource, TrustedField } from '../../lib';
import type { JsonObject } from '../../lib/contract/json';
import { specErrors } from '../house/template-spec';
import { notesProps, stackWith } from './notes-gateway';
import { findingsOf } from './synth-findings';

const ALL_GATEWAYS = `
permit (principal is AgentCore::OAuthUser, action, resource is AgentCore::Gateway)
when { principal.hasTag("username") && principal.getTag("username") == "owner" };
`;

const variants = {
  'required props': notesProps(),
  'an IAM gateway': { ...notesProps(), policies: [], identity: Identity.iam(), mode: 'LOG_ONLY' as never },
  'a policy for all gateways': { ...notesProps(), policies: [PolicySource.inline(ALL_GATEWAYS)] },
  'a name of later': { ...notesProps(), gatewayName: Fn.importValue('GatewayName') },
  interceptors: { ...notesProps(), trustedContext: { environment: TrustedField.constant('test') } },
};

describe.each(Object.entries(variants))('a gateway with %s', (_, props) => {
  it('has no unacknowledged AwsSolutions finding, and a reason for each acknowledged one', () => {
    const app = new App({ analyticsReporting: false });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    stackWith(props, app);
    expect(findingsOf(app)).toEqual([]);
  });

  it('says nothing that the resource specification does not know', () => {
    const template = Template.fromStack(stackWith(props).stack).toJSON() as JsonObject;
    expect(specErrors(template)).toEqual([]);
  });
});
