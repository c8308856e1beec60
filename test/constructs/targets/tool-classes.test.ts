import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { EnforcementMode, GovernedGateway, PolicySource, ToolList, Tools } from '../../../lib';
import type { GatewayManifest } from '../../../lib/contract/manifest';
import type { PolicySetDocument } from '../../../lib/contract/policy-set-document';
import { diagnosticsOf } from './diagnostics-of';

const directory = mkdtempSync(join(tmpdir(), 'classes-'));
const operation = (more: object) => ({ responses: { 200: { description: 'ok' } }, ...more });
const openapi = join(directory, 'orders.json');
writeFileSync(
  openapi,
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Orders', version: '1' },
    servers: [{ url: 'https://orders.example.com' }],
    paths: {
      '/orders': {
        get: operation({ operationId: 'listOrders', tags: ['class:pii'] }),
        delete: operation({ operationId: 'dropOrders' }),
        post: operation({ operationId: 'searchOrders', 'x-tool-classes': 'read' }),
      },
    },
  }),
);

const tool = (name: string, more: object = {}) => ({
  name,
  description: name,
  inputSchema: { type: 'object', properties: {} },
  ...more,
});
const readOnly = { annotations: { readOnlyHint: true, openWorldHint: false } };
const server = (options: object = {}, ...tools: ReturnType<typeof tool>[]) =>
  Tools.fromMcpServer('https://mcp.example.com/mcp', { tools: ToolList.fromInline(...tools), ...options });

const permit = `@id("readers") permit(
  principal is AgentCore::OAuthUser, action in AgentCore::Action::"class:read", resource == ?resource
) when { principal.hasTag("cognito:groups") };`;

describe('the classes of tools', () => {
  it('come from every kind of definition, stand in the manifest, and are tools by name when they are deployed', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'classes-out-')) });
    const stack = new Stack(app, 'Classes');
    const gateway = new GovernedGateway(stack, 'Gateway', {
      mode: EnforcementMode.ENFORCE,
      policies: [PolicySource.fromInline(permit)],
      toolClasses: ['pii', 'money'],
      targets: {
        orders: Tools.fromOpenApi(openapi, { classes: { dropOrders: ['money'] } }),
        foreign: server({ classes: { 'get_*': ['read'] } }, tool('find', readOnly), tool('get_page')),
        known: server({ trustAnnotations: true }, tool('find', readOnly), tool('send', { annotations: {} })),
      },
    });
    const [{ directory: out }] = [app.synth()];
    const manifest = JSON.parse(readFileSync(join(out, 'Classes.Gateway.gateway.json'), 'utf8')) as GatewayManifest;
    const classes = manifest.targets.flatMap(({ name, tools }) =>
      tools.map((one) => [`${name}.${one.name}`, one.classes]),
    );
    expect(Object.fromEntries(classes)).toEqual({
      'orders.listOrders': ['read', 'pii'],
      'orders.dropOrders': ['write', 'destructive', 'money'],
      'orders.searchOrders': ['read'],
      'foreign.find': ['write', 'destructive', 'open-world'],
      'foreign.get_page': ['read'],
      'known.find': ['read'],
      'known.send': ['write', 'destructive', 'open-world'],
    });
    expect(manifest.toolClasses).toEqual(['pii', 'money']);
    expect(manifest.policies.find(({ id }) => id === 'readers')?.statementParts.join('')).toContain('"class:read"');

    const template = Template.fromStack(stack).toJSON() as { Resources: { [id: string]: { Type: string } } };
    expect(JSON.stringify(template)).not.toContain('"classes"');
    const assets = JSON.parse(readFileSync(join(out, 'Classes.assets.json'), 'utf8')) as {
      files: { [hash: string]: { source: { path: string } } };
    };
    const documents = Object.values(assets.files)
      .filter(({ source }) => source.path.endsWith('.json') && !source.path.includes('template'))
      .map(({ source }) => JSON.parse(readFileSync(join(out, source.path), 'utf8')) as PolicySetDocument);
    const deployed = documents.find(({ policies }) => policies !== undefined)?.policies ?? [];
    const statement = deployed.find(({ id }) => id === 'readers')?.statementParts.join('') ?? '';
    expect([...statement.matchAll(/Action::"([^"]*)"/g)].map((match) => match[1])).toEqual([
      'foreign___get_page',
      'known___find',
      'orders___listOrders',
      'orders___searchOrders',
    ]);
    expect(gateway.policyId('readers')).toBeDefined();
  });

  it.each([
    ['TARGET_CLASS_INVALID', server({ classes: { find: ['PII'] } }, tool('find'))],
    ['TARGET_CLASS_OF_NO_TOOL', server({ classes: { fnd: ['pii'] } }, tool('find'))],
    ['TARGET_CLASS_OF_NO_TOOL', server({ classes: { 'get_*': ['pii'] } }, tool('find'))],
  ])('are refused: %s', (code, tools) => {
    const gateway = new GovernedGateway(new Stack(), 'Gateway', { mode: EnforcementMode.LOG_ONLY });
    expect(diagnosticsOf(() => gateway.addTarget('web', tools)).map((finding) => finding.code)).toEqual([code]);
  });
});
