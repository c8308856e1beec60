import { describe, expect, it } from 'vitest';
import { specErrors } from './template-spec';

const gateway = { Name: 'x', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, AuthorizerType: 'AWS_IAM' };

function errorsOf(properties: object): string[] {
  return specErrors({ Resources: { G: { Type: 'AWS::BedrockAgentCore::Gateway', Properties: properties as never } } });
}

describe('the template check itself', () => {
  it('accepts what the specification knows', () => {
    expect(errorsOf(gateway)).toEqual([]);
  });

  it('finds a missing member, an unknown one, a wrong value and a wrong type', () => {
    const { RoleArn: _, ...withoutRole } = gateway;
    expect(errorsOf(withoutRole)).toEqual(['G: missing property RoleArn']);
    expect(errorsOf({ ...gateway, Nmae: 'x' })).toEqual(['G: unknown property Nmae']);
    expect(errorsOf({ ...gateway, AuthorizerType: 'NOBODY' })[0]).toContain('CUSTOM_JWT | AWS_IAM');
    expect(errorsOf({ ...gateway, PolicyEngineConfiguration: { Arn: 'a' } })).toEqual([
      'G.PolicyEngineConfiguration: missing property Mode',
    ]);
    expect(errorsOf({ ...gateway, InterceptorConfigurations: 'none' })[0]).toContain('expected a list');
  });
});
