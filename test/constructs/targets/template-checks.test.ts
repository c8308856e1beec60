import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { ToolList } from '../../../lib/constructs/targets/source/tool-list';
import { Tools } from '../../../lib/constructs/targets/tools';
import type { JsonObject } from '../../../lib/contract/json';
import { checkByAllRules } from '../template-rules';
import { specErrors } from '../template-spec';
import { CLAIM_TOOLS, Fixture, GEOGRAPHY, toolModule } from './fixture-app';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** Findings of cdk-nag's AwsSolutions pack on targets and on the gateway's role. */
function findings(fixture: Fixture): string[] {
  checkByAllRules(fixture.app);
  try {
    fixture.app.synth();
  } catch {
    // Errors are in the report as well.
  }
  const report = JSON.parse(readFileSync(join(fixture.app.outdir, 'validation-report.json'), 'utf8')) as Report;
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.filter(({ constructPath }) => /Target-|ServiceRole/.test(constructPath)).map(() => ruleName),
    ),
  );
}

describe('the resource specification', () => {
  it('takes the target of every kind, and the manifest says which headers pass', () => {
    const fixture = new Fixture();
    const list = ToolList.fromInline({ name: 'a', description: 'A', inputSchema: { type: 'object' } });
    const file = (name: string, content: object): string => {
      const path = join(mkdtempSync(join(tmpdir(), 'kinds-test-')), name);
      writeFileSync(path, JSON.stringify(content));
      return path;
    };
    const paths = { '/a': { get: { operationId: 'getA' } } };
    const traits = { 'aws.protocols#restJson1': {} };
    const shapes = {
      'a#S': { type: 'service', operations: [{ target: 'a#O' }], traits },
      'a#O': { type: 'operation', traits: { 'smithy.api#http': { method: 'GET', uri: '/' } } },
    };
    const headers = { allowedRequestHeaders: ['X-A'], allowedResponseHeaders: ['X-B'] };
    const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:own';
    const fn = lambda.Function.fromFunctionAttributes(fixture.stack, 'Own', { functionArn, sameEnvironment: true });
    const api = apigateway.RestApi.fromRestApiAttributes(fixture.stack, 'Api', { restApiId: 'a', rootResourceId: 'r' });
    const overrides = [{ path: '/a', method: agentcore.ApiGatewayHttpMethod.GET, name: 'a' }];
    const endpoint = 'https://example.com/mcp';
    const kinds: { readonly [name: string]: Tools } = {
      typescript: Tools.fromTypeScript(toolModule(CLAIM_TOOLS), headers),
      function: Tools.fromFunction(fn, list, headers),
      openapi: Tools.fromOpenApi(
        file('api.json', { openapi: '3.1.0', servers: [{ url: 'https://example.com' }], paths }),
        { ...headers, allowedQueryParameters: ['q'] },
      ),
      smithy: Tools.fromSmithy(file('model.json', { smithy: '2.0', shapes }), headers),
      api: Tools.fromApiGateway(api, { tools: list, overrides, stage: 'live', ...headers }),
      mcp: Tools.fromMcpServer(endpoint, { tools: list, ...headers }),
      configured: Tools.fromConfiguration(agentcore.McpServerTargetConfiguration.create(endpoint), list, headers),
    };
    const trustedFields = [{ ...GEOGRAPHY, tools: ['typescript___query_claims'] }];
    const targets = Object.entries(kinds).map(([name, tools]) => fixture.add(tools, { name, trustedFields }));
    for (const target of targets) expect(target._manifest().allowedRequestHeaders).toEqual(['X-A']);
    expect(specErrors(fixture.template().toJSON() as JsonObject)).toEqual([]);
  });
});

describe('cdk-nag', () => {
  it('finds nothing in targets but the grant to invoke versions, which the gateway acknowledges for all its functions', () => {
    const fixture = new Fixture();
    const vpc = new ec2.Vpc(fixture.stack, 'Vpc');
    fixture.add(Tools.fromTypeScript(toolModule(CLAIM_TOOLS), { vpc }), { trustedFields: [GEOGRAPHY] });
    const api = new apigateway.RestApi(fixture.stack, 'Pets');
    api.root.addMethod('GET', new apigateway.MockIntegration(), { operationName: 'getPets' });
    fixture.add(Tools.fromApiGateway(api), { name: 'Api' });
    expect(findings(fixture)).toEqual([
      expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<TargetClaims\w+\.Arn>:\*\]$/),
    ]);
  });
});
