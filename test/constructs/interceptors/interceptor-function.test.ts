import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AttributeType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { describe, expect, it } from 'vitest';
import { requestEvent, responseEvent, resultOf, toolCall, toolResult } from '../../../lambda/interceptor-kit/testing';
import { HttpMessages } from '../../../lib/constructs/interceptors/http-messages';
import { Interceptor } from '../../../lib/constructs/interceptors/interceptor';
import { Steps } from '../../../lib/constructs/interceptors/steps/steps';
import { TrustedContextStep } from '../../../lib/constructs/interceptors/trusted-context-step';
import { TrustedField } from '../../../lib/constructs/interceptors/trusted-field';
import type { InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import type { JsonObject } from '../../../lib/contract/json';
import { buildFunction, environmentOf, grantsOf } from './build-function';

const load = (directory: string): ((event: unknown) => Promise<InterceptorOutput>) =>
  createRequire(__filename)(join(directory, 'index.js')).handler;

const trusted = (field = TrustedField.constant('EU')) => new TrustedContextStep({ geography: field });

describe('InterceptorFunction', () => {
  it('needs nothing but its own log group', () => {
    const { template } = buildFunction('REQUEST', () => [trusted()]);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 10,
      MemorySize: 512,
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    expect(grantsOf(template)).toEqual([]);
    expect(environmentOf(template)).toEqual({});
    expect(
      Object.values(template.findResources('AWS::IAM::Role'))[0]?.['Properties'].ManagedPolicyArns,
    ).toBeUndefined();
  });

  it('is the bundled chain with the configuration beside it, which runs as Lambda would run it', async () => {
    const { directory, config } = buildFunction('REQUEST', () => [trusted(), Steps.inputCheck()]);
    // One file of code, in which only the configured steps are. The engine for patterns comes along only where there is one.
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'index.js']);
    const code = readFileSync(join(directory, 'index.js'), 'utf8');
    const steps = new Set([...code.matchAll(/const (step_\w+)=/g)].map((match) => match[1]));
    expect(steps).toEqual(new Set(['step_trusted_context', 'step_input_check']));
    expect(config.steps.map((step) => step.step)).toEqual(['trusted-context', 'input-check']);
    const handler = load(directory);
    const output = await handler(requestEvent(toolCall('Claims___query', { q: 'x', geography: 'US' })));
    expect(output.mcp.transformedGatewayRequest?.body).toEqual(toolCall('Claims___query', { q: 'x', geography: 'EU' }));
    const denied = await handler(requestEvent(toolCall('Claims___query', { q: 1 })));
    expect(denied.mcp.transformedGatewayResponse?.body).toMatchObject({
      error: { data: { reason: 'invalid-arguments' } },
    });
  });

  // Covers interceptor.http, assumed.http-messages
  it.each([
    [HttpMessages.REFUSE, 403],
    [HttpMessages.PASS, undefined],
  ])('answers a message that is not MCP as it was told to: %s', async (httpMessages, statusCode) => {
    const { directory } = buildFunction('REQUEST', () => [trusted()], { httpMessages });
    const { http } = (await load(directory)({ http: {} })) as unknown as {
      http: { transformedGatewayResponse?: JsonObject };
    };
    expect(http.transformedGatewayResponse?.['statusCode']).toBe(statusCode);
  });

  it('runs the answer’s side of the same steps', async () => {
    const steps = () => [
      trusted(),
      Steps.inputCheck(),
      Steps.rowScope({ tools: ['Claims'], ownerField: 'owner', claim: 'sub' }),
    ];
    const { directory, config } = buildFunction('RESPONSE', steps);
    expect(config.steps.map((step) => step.step)).toEqual(['trusted-context', 'row-scope']);
    const rows: JsonObject[] = [{ owner: 'caller', geography: 'EU' }, { owner: 'other' }];
    const output = await load(directory)(responseEvent(toolCall('Claims___query'), resultOf(toolResult(rows))));
    expect(output.mcp.transformedGatewayResponse?.body).toEqual(resultOf(toolResult([{ owner: 'caller' }])));
  });

  it('denies everything when the configuration is broken or gone', async () => {
    const { directory } = buildFunction('REQUEST', () => []);
    writeFileSync(join(directory, 'config.json'), '{"version":1}');
    const output = await load(directory)(requestEvent(toolCall('Claims___query')));
    expect(output.mcp.transformedGatewayResponse?.body).toMatchObject({ error: { data: { reason: 'misconfigured' } } });
  });

  it('carries schemas only where a step reads them', () => {
    expect(buildFunction('REQUEST', () => [trusted()]).config.inputSchemas).toEqual({});
    expect(Object.keys(buildFunction('REQUEST', () => [Steps.argumentLimits()]).config.inputSchemas)).toEqual([
      'Claims___query',
      'Notes___read',
    ]);
  });

  it('reads a table with the least rights, and only before the call', () => {
    const steps = (stack: ConstructorParameters<typeof Table>[0]) => {
      const table = new Table(stack, 'People', {
        partitionKey: { name: 'id', type: AttributeType.STRING },
        encryption: TableEncryption.CUSTOMER_MANAGED,
      });
      const options = { keyClaim: 'sub', keyAttribute: 'id', seed: [{ id: 'ann', region: 'EU' }] };
      return [
        new TrustedContextStep({
          geography: TrustedField.fromTable(table, { ...options, valueAttribute: 'region' }),
          role: TrustedField.fromTable(table, {
            ...options,
            valueAttribute: 'role',
            seed: [{ id: 'ann', role: 'admin' }],
          }),
        }),
      ];
    };
    const request = buildFunction('REQUEST', steps);
    const [reference] = Object.keys(request.template.findResources('AWS::DynamoDB::Table'));
    expect(environmentOf(request.template)).toEqual({
      TRUSTED_TABLE_geography: { Ref: reference },
      TRUSTED_TABLE_role: { Ref: reference },
    });
    const grants = grantsOf(request.template);
    expect(new Set(grants.flatMap(({ actions }) => actions))).toEqual(new Set(['dynamodb:GetItem', 'kms:Decrypt']));
    for (const { resource } of grants) expect(JSON.stringify(resource)).not.toContain('*');
    expect(request.interceptor.functionManifest().environment).toEqual({
      TRUSTED_TABLE_geography: { Ref: reference },
      TRUSTED_TABLE_role: { Ref: reference },
    });
    expect(request.interceptor.tables()).toEqual([
      { logicalId: reference, partitionKey: 'id', seed: [{ id: 'ann', region: 'EU', role: 'admin' }] },
    ]);
    const response = buildFunction('RESPONSE', steps);
    expect(grantsOf(response.template)).toEqual([]);
    expect(environmentOf(response.template)).toEqual({});
    expect(response.interceptor.tables()).toEqual([]);
  });

  it('bundles a team’s own chain, which mixes its steps with the configured ones', async () => {
    const folder = mkdtempSync(join(__dirname, '.chain-'));
    const entry = join(folder, 'chain.ts');
    writeFileSync(
      entry,
      `import { configuredSteps, deny, proceed, requestInterceptor } from '../../../../lambda/interceptor-kit';
       const night = {
         name: 'closed-at-night',
         request: (call: { kind: string }) => (call.kind === 'tools/list' ? deny('closed') : proceed()),
       };
       export const handler = requestInterceptor(night, ...configuredSteps());`,
    );
    const chain = Interceptor.fromTypeScript(entry);
    const { directory, interceptor, config } = buildFunction('REQUEST', () => [trusted()], { chain });
    expect(interceptor.functionManifest()).toMatchObject({ handler: 'index.handler', entry });
    expect(Object.keys(config.inputSchemas)).toHaveLength(2);
    const handler = load(directory);
    const closed = await handler(requestEvent({ jsonrpc: '2.0', id: 1, method: 'tools/list' }));
    expect(closed.mcp.transformedGatewayResponse?.body).toMatchObject({ error: { data: { reason: 'closed' } } });
    const output = await handler(requestEvent(toolCall('Claims___query', { geography: 'US' })));
    expect(output.mcp.transformedGatewayRequest?.body).toEqual(toolCall('Claims___query', { geography: 'EU' }));
    rmSync(folder, { recursive: true });
  });

  it('is the same in every synth', () => {
    const steps = () => [trusted(), Steps.audit(), Steps.argumentLimits()];
    expect(buildFunction('REQUEST', steps).template.toJSON()).toEqual(
      buildFunction('REQUEST', steps).template.toJSON(),
    );
  });

  it('keeps bundles small', () => {
    const size = (directory: string): number => statSync(join(directory, 'index.js')).size;
    expect(size(buildFunction('REQUEST', () => []).directory)).toBeLessThanOrEqual(60 * 1_024);
    expect(size(buildFunction('RESPONSE', () => []).directory)).toBeLessThanOrEqual(40 * 1_024);
  });
});
