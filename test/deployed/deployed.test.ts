import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/run';
import type { GatewayManifest } from '../../lib/contract/manifest';
import type { Emulator } from '../../lib/emulator';
import { LOCAL_PASSWORD } from '../../lib/emulator';
import { CloudFormationDouble } from '../doubles/cloudformation';
import { CLIENT, claimsApp, claimsManifest, FixtureApp, MACHINE } from '../emulator/fixture';

// The emulator plays the deployed gateway and its user pool; a small server plays the rest of AWS.
const app = new FixtureApp();
let emulator: Emulator;
let aws: Server;
let manifest: GatewayManifest;

interface Cloud {
  mode: string;
  policyStatus: string;
  interceptors: object[];
  passesCalls: boolean;
}

const INTERCEPTOR = 'arn:aws:lambda:us-east-1:000000000000:function:request';

const HEALTHY: Cloud = {
  mode: 'ENFORCE',
  policyStatus: 'ACTIVE',
  interceptors: [
    {
      interceptor: { lambda: { arn: INTERCEPTOR } },
      interceptionPoints: ['REQUEST'],
    },
  ],
  passesCalls: false,
};
let cloud: Cloud = { ...HEALTHY };

const ENGINE = 'engine-abcdefghij';
const ARN = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:';
const ENGINE_ARN = `${ARN}policy-engine/${ENGINE}`;
const stacks = new CloudFormationDouble();
const OUTPUTS = {
  GatewayUrl: 'UrlOut',
  GatewayId: 'IdOut',
  PolicyEngineId: 'EngineOut',
  UserPoolId: 'PoolOut',
  PeopleClientId: 'PeopleOut',
  MachineClientId: 'MachineOut',
  TokenEndpointUrl: 'TokenOut',
};

const TESTS = `personas:
  rita: { username: rita, groups: [readers] }
  walt: { username: walt, groups: [writers] }
  robot: { client: machine }
  forged: { username: rita, groups: [readers], claims: { department: any } }
tests:
  - { as: rita, call: Claims___query, arguments: { id: c-1 }, expect: { decision: ALLOW, result: { contains: c-1 } } }
  - { as: walt, call: Claims___query, arguments: { id: c-1 }, expect: DENY }
  - { as: robot, call: Claims___query, arguments: { id: c-1 }, expect: DENY }
  - { as: forged, call: Claims___query, arguments: { id: c-1 }, expect: ALLOW }
  - { as: rita, list: [Claims___query] }
`;

beforeAll(async () => {
  aws = createServer(
    (request, response) =>
      void answer(request).then(({ type, body }) => {
        response.setHeader('content-type', type);
        response.end(body);
      }),
  );
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  const request = app.bundle(
    'request',
    `export const handler = async (event) => ({ interceptorOutputVersion: '1.0', mcp: { transformedGatewayRequest: { body: event.mcp.gatewayRequest.body } } });`,
  );
  manifest = claimsApp(app, {
    stackName: 'Deployed',
    path: 'Deployed/Gateway',
    outputs: OUTPUTS,
    interceptors: { request },
    identity: {
      ...claimsManifest().identity,
      clients: [
        { name: 'people', clientId: CLIENT, flow: 'code', scopes: ['openid'] },
        { name: 'machine', clientId: MACHINE, flow: 'client-credentials', scopes: ['claims/read'] },
      ],
    },
  });
  emulator = await app.start(manifest);
  app.write('claims.test.yaml', TESTS);
  addStack();
  const endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `${emulator.url}/identity`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    GOVERNED_GATEWAY_PASSWORD: LOCAL_PASSWORD,
  });
});

afterEach(() => {
  cloud = { ...HEALTHY };
});

afterAll(async () => {
  await emulator.stop();
  aws.close();
  aws.closeAllConnections();
  app.remove();
});

async function answer(request: IncomingMessage): Promise<{ type: string; body: string }> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const json = (value: object) => ({ type: 'application/json', body: JSON.stringify(value) });
  const path = request.url ?? '';
  if (text.includes('Action=')) return { type: 'text/xml', body: stacks.answer(text).body };
  if (path.includes('/targets/')) return json({ items: [] });
  if (path.startsWith('/gateways/')) {
    return json({
      name: 'test',
      status: 'READY',
      policyEngineConfiguration: { arn: ENGINE_ARN, mode: cloud.mode },
      interceptorConfigurations: cloud.interceptors,
    });
  }
  if (path.includes('/policies')) {
    const policies = manifest.policies.map(({ name, statementParts }) => ({
      name,
      policyId: `${name}-aaaaaaaaaa`,
      status: cloud.policyStatus,
      definition: { cedar: { statement: statementParts.join(`${ARN}gateway/gw-abcdefghij`) } },
    }));
    return json({ policies });
  }
  const event = JSON.parse(text) as { mcp: { gatewayRequest: { body: { method: string } } } };
  const passes = cloud.passesCalls || event.mcp.gatewayRequest.body.method === 'tools/list';
  return json({
    interceptorOutputVersion: '1.0',
    mcp: passes ? { transformedGatewayRequest: { body: {} } } : { transformedGatewayResponse: { body: {} } },
  });
}

function addStack(): void {
  const template = {
    Resources: {
      Gateway: {
        Type: 'AWS::BedrockAgentCore::Gateway',
        Properties: {
          Name: 'test',
          PolicyEngineConfiguration: { Arn: ENGINE_ARN, Mode: 'ENFORCE' },
          InterceptorConfigurations: [
            { Interceptor: { Lambda: { Arn: INTERCEPTOR } }, InterceptionPoints: ['REQUEST'] },
          ],
        },
      },
    },
  };
  app.write('Test.template.json', JSON.stringify(template));
  stacks.stacks.push({
    stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Deployed/1',
    stackName: 'Deployed',
    status: 'UPDATE_COMPLETE',
    resources: { Gateway: 'gw-abcdefghij' },
    parameters: {},
    outputs: {
      UrlOut: emulator.mcpUrl,
      IdOut: 'gw-abcdefghij',
      EngineOut: ENGINE,
      PoolOut: 'us-east-1_local',
      PeopleOut: CLIENT,
      MachineOut: MACHINE,
      TokenOut: `${emulator.url}/identity/oauth2/token`,
    },
    template,
  });
}

async function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const code = await run(
    ['verify', 'claims.test.yaml', '--app', '.', '--gateway', 'Deployed/Gateway', '--url', 'auto', ...args],
    {
      out: (text) => {
        written.out += text;
      },
      err: (text) => {
        written.err += text;
      },
      readInput: () => Promise.resolve(''),
      cwd: app.directory,
      interactive: false,
      onInterrupt: () => undefined,
    },
  );
  return { code, ...written };
}

describe('verifying a deployed gateway', () => {
  it('signs people and machines in, and runs the tests through a real client', async () => {
    const { code, out } = await verify();
    expect(out).toContain('deployed: 4 passed, 0 failed, 1 not applicable');
    expect(out).toContain('a real sign-in cannot change claims');
    expect(code).toBe(0);
  });

  it('checks what is attached, and the interceptors themselves', async () => {
    const { code, out } = await verify('--control-plane', '--interceptors');
    expect(out).not.toContain('FAILED');
    expect(out.match(/^ok {6}/gm)?.length).toBe(3);
    expect(code).toBe(0);
  });

  it.each([
    ['a mode that is off', { mode: 'LOG_ONLY' }, 'policyEngineConfiguration.mode` is `LOG_ONLY` instead of `ENFORCE`'],
    [
      'a policy that is not active',
      { policyStatus: 'CREATE_FAILED' },
      'FAILED  DRIFT_UNSETTLED: policy `readers-query` is `CREATE_FAILED`',
    ],
    ['an interceptor that is gone', { interceptors: [] }, 'FAILED  DRIFT_MISSING: interceptor `REQUEST` is declared'],
    [
      'an interceptor that lets calls without token through',
      { passesCalls: true },
      'FAILED  interceptor refuses a call without token: transformedGatewayRequest',
    ],
  ])('finds %s', async (_, fault, message) => {
    cloud = { ...HEALTHY, ...fault };
    const { code, out } = await verify('--control-plane', '--interceptors');
    expect(out).toContain(message);
    expect(code).toBe(2);
  });
});
