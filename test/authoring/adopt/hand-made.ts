import type { JsonObject } from '../../../lib/contract/json';
import { ServiceEndpoints } from '../../deployed/service-endpoints';
import { type DoubleServer, serve } from '../../doubles/control-plane/clients';
import { ControlPlane } from '../../doubles/control-plane/control-plane';
import type { GatewayView } from '../../doubles/control-plane/engine-store';
import type { ControlPlaneOptions } from '../../doubles/control-plane/options';

export const GATEWAY_ID = 'shop-abcdefghij';
export const GATEWAY_ARN = `arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/${GATEWAY_ID}`;
export const ENGINE_ID = 'Shop-0000000001';
const OTHER_ARN = GATEWAY_ARN.replace('shop', 'other');
export const PROOF = `ggp_${'0a'.repeat(32)}`;

const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const scope = (tool: string, gateway = GATEWAY_ARN): string =>
  `principal is AgentCore::OAuthUser, action == AgentCore::Action::"${tool}", resource == AgentCore::Gateway::"${gateway}"`;

/** Policies by name, as people make them in the console: in one line, for this gateway. */
export const STATEMENTS: { readonly [name: string]: string } = {
  Read_Claims: `permit(${scope('claims___read')}) when { principal.hasTag("department") && principal.getTag("department") == "finance" };`,
  pay_below_500: `// who pays\npermit(${scope('claims___pay')})\nwhen { context.input has amount && context.input.amount.lessThan(decimal("500.0")) };`,
  Nobody_Deletes: `forbid(principal, action in [AgentCore::Action::"orders___deleteOrder", AgentCore::Action::"claims___drop"], resource == AgentCore::Gateway::"${GATEWAY_ARN}");`,
  trial: `permit(${scope('wiki___search')});`,
};

/** What stays in the engine: of another gateway, broken, a secret of somebody. */
const LEFT: { readonly [name: string]: string } = {
  elsewhere: `permit(${scope('other___read', OTHER_ARN)});`,
  broken: `permit(${scope('claims___raed')});`,
  guard: `forbid(principal, action, resource == AgentCore::Gateway::"${GATEWAY_ARN}") unless { context.input has gateway_proof && context.input.gateway_proof == "${PROOF}" };`,
};

export const ORDERS = {
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://orders.example.com' }],
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
  security: [{ key: [] }],
  paths: {
    '/orders': {
      get: { operationId: 'listOrders', summary: 'Lists orders.', responses: { 200: { description: 'ok' } } },
    },
    '/orders/{id}': {
      delete: {
        operationId: 'deleteOrder',
        summary: 'Deletes an order.',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 204: { description: 'gone' } },
      },
    },
  },
};

/** The export of a REST API. */
export const PETS = {
  openapi: '3.0.1',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      get: { operationId: 'listPets', summary: 'Lists pets.', responses: { 200: { description: 'ok' } } },
      post: { summary: 'Adds a pet.', responses: { 200: { description: 'ok' } } },
    },
    '/owners': {
      get: { operationId: 'listOwners', summary: 'Lists owners.', responses: { 200: { description: 'ok' } } },
    },
  },
};

/** What lies in S3. */
export const CATALOG = `openapi: 3.0.3
info: { title: Catalog, version: '1' }
servers: [{ url: 'https://catalog.example.com' }]
paths:
  /items:
    get: { operationId: listItems, summary: Lists items., responses: { 200: { description: ok } } }
`;

const WEATHER = {
  smithy: '2.0',
  shapes: {
    'example#Weather': {
      type: 'service',
      version: '1',
      operations: [{ target: 'example#GetForecast' }],
      traits: { 'aws.protocols#restJson1': {} },
    },
    'example#GetForecast': {
      type: 'operation',
      input: { target: 'example#ForecastInput' },
      traits: { 'smithy.api#http': { method: 'GET', uri: '/forecast' }, 'smithy.api#documentation': 'The forecast.' },
    },
    'example#ForecastInput': {
      type: 'structure',
      members: {
        city: { target: 'smithy.api#String', traits: { 'smithy.api#httpQuery': 'city', 'smithy.api#required': {} } },
      },
    },
  },
};

const tool = (name: string, properties: JsonObject = {}): JsonObject => ({
  name,
  description: `${name} it.`,
  inputSchema: { type: 'object', properties },
});

/** A list of tools, as servers answer. */
export const WIKI = { tools: [tool('search', { words: { type: 'string' } })] };

const target = (name: string, configuration: JsonObject, members: JsonObject = {}): JsonObject => ({
  gatewayArn: GATEWAY_ARN,
  name,
  status: 'READY',
  targetConfiguration: configuration,
  credentialProviderConfigurations: [],
  ...members,
});
const credential = (type: string, member: string, provider: JsonObject): JsonObject => ({
  credentialProviderConfigurations: [{ credentialProviderType: type, credentialProvider: { [member]: provider } }],
});
const ROLE = { credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }] };
const provider = (kind: string): string =>
  arn('bedrock-agentcore', `token-vault/default/${kind}credentialprovider/shop`);

/** A target of every kind, and of kinds that no construct makes. */
export const TARGETS: readonly JsonObject[] = withIds([
  target(
    'claims',
    {
      mcp: {
        lambda: {
          lambdaArn: arn('lambda', 'function:claims'),
          toolSchema: {
            inlinePayload: [
              tool('read'),
              tool('pay', { amount: { type: 'number', description: 'in EUR' } }),
              tool('drop'),
            ],
          },
        },
      },
    },
    { ...ROLE, description: "The insurer's claims.", metadataConfiguration: { allowedRequestHeaders: ['x-tenant'] } },
  ),
  target(
    'orders',
    { mcp: { openApiSchema: { inlinePayload: JSON.stringify(ORDERS) } } },
    credential('API_KEY', 'apiKeyCredentialProvider', {
      providerArn: provider('apikey'),
      credentialLocation: 'HEADER',
      credentialParameterName: 'x-api-key',
      credentialPrefix: 'Key ',
    }),
  ),
  target(
    'catalog',
    { mcp: { openApiSchema: { s3: { uri: 's3://apis/catalog.yaml' } } } },
    credential('GATEWAY_IAM_ROLE', 'iamCredentialProvider', { service: 'execute-api', region: 'eu-west-1' }),
  ),
  target('weather', { mcp: { smithyModel: { inlinePayload: JSON.stringify(WEATHER) } } }, ROLE),
  target(
    'docs-of-us',
    {
      mcp: {
        mcpServer: {
          endpoint: 'https://docs.example.com/mcp',
          mcpToolSchema: { inlinePayload: JSON.stringify({ tools: [tool('find')] }) },
          listingMode: 'DYNAMIC',
        },
      },
    },
    credential('OAUTH', 'oauthCredentialProvider', {
      providerArn: provider('oauth2'),
      scopes: ['docs'],
      grantType: 'TOKEN_EXCHANGE',
    }),
  ),
  target(
    'wiki',
    { mcp: { mcpServer: { endpoint: 'https://wiki.example.com/mcp' } } },
    credential('OAUTH', 'oauthCredentialProvider', {
      providerArn: provider('oauth2'),
      scopes: ['wiki'],
      customParameters: { audience: 'wiki' },
    }),
  ),
  target(
    'pets',
    {
      mcp: {
        apiGateway: {
          restApiId: 'abc123',
          stage: 'prod',
          apiGatewayToolConfiguration: {
            toolFilters: [{ filterPath: '/pets', methods: ['GET', 'POST'] }],
            toolOverrides: [{ name: 'addPet', path: '/pets', method: 'POST', description: 'Adds one.' }],
          },
        },
      },
    },
    ROLE,
  ),
  target(
    'legacy',
    {
      mcp: {
        lambda: { lambdaArn: arn('lambda', 'function:legacy'), toolSchema: { s3: { uri: 's3://tools/legacy.json' } } },
      },
    },
    ROLE,
  ),
  target('silent', { mcp: { mcpServer: { endpoint: 'https://silent.invalid/mcp' } } }),
  target('leaky', { mcp: { mcpServer: { endpoint: 'https://leaky.example.com/mcp?api_key=hunter2' } } }),
  target('runtime', { http: { agentcoreRuntime: { arn: arn('bedrock-agentcore', 'runtime/agent') } } }),
]);

/** The service's ids, in the order in which it lists them. */
function withIds(targets: readonly JsonObject[]): JsonObject[] {
  return targets.map((one, index) => ({ ...one, targetId: `TARGET${String(index).padStart(4, '0')}` }));
}

const lambda = (name: string): JsonObject => ({ lambda: { arn: arn('lambda', `function:${name}`) } });

/** The answer of GetGateway: everything that one can say, and one thing that CloudFormation has no property for. */
export const GATEWAY: JsonObject = {
  gatewayId: GATEWAY_ID,
  gatewayArn: GATEWAY_ARN,
  gatewayUrl: `https://${GATEWAY_ID}.gateway.test/mcp`,
  name: 'shop',
  description: 'Made in a hurry.',
  roleArn: 'arn:aws:iam::111122223333:role/by-hand',
  protocolType: 'MCP',
  protocolConfiguration: {
    mcp: {
      instructions: "Don't guess.",
      supportedVersions: ['2025-06-18', '2025-11-25'],
      searchType: 'SEMANTIC',
      sessionConfiguration: { sessionTimeoutInSeconds: 1_800 },
      streamingConfiguration: { enableResponseStreaming: true },
      disableMcpListToolsPagination: true,
    },
  },
  authorizerType: 'CUSTOM_JWT',
  authorizerConfiguration: {
    customJWTAuthorizer: {
      discoveryUrl: 'https://issuer.example/.well-known/openid-configuration',
      allowedAudience: ['shop'],
      allowedClients: ['client-1'],
      allowedScopes: ['shop/read'],
      advertisedScopeMapping: { 'shop/read': 'api://shop/read' },
      customClaims: [
        {
          inboundTokenClaimName: 'roles',
          inboundTokenClaimValueType: 'STRING_ARRAY',
          authorizingClaimMatchValue: {
            claimMatchOperator: 'CONTAINS_ANY',
            claimMatchValue: { matchValueStringList: ['agent', 'operator'] },
          },
        },
      ],
    },
  },
  kmsKeyArn: arn('kms', 'key/0a1b2c3d-0000-0000-0000-000000000000'),
  exceptionLevel: 'DEBUG',
  interceptorConfigurations: [
    { interceptor: lambda('check'), interceptionPoints: ['REQUEST'], inputConfiguration: { passRequestHeaders: true } },
  ],
  customTransformConfiguration: { lambda: { arn: arn('lambda', 'function:transform') } },
  webAclArn: arn('wafv2', 'regional/webacl/acl/0a1b'),
  tags: { team: 'shop', 'aws:cloudformation:stack-name': 'Old' },
};

const realClock = {
  now: () => Date.now(),
  sleep: (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
const UNCHECKED = {
  tools: new Set<string>(),
  hasPermit: true,
  findingsFail: false,
  interceptorRefuses: false,
  notInvocable: undefined,
};

/** A gateway that somebody made by hand, behind the control plane. */
export class HandMade {
  readonly controlPlane: ControlPlane;
  engineArn = '';
  private server: DoubleServer | undefined;
  private readonly endpoints = new ServiceEndpoints();

  constructor(options: Partial<ControlPlaneOptions> = {}) {
    this.controlPlane = new ControlPlane(realClock, { activation: 10, latency: 0, pageSize: 3, ...options });
  }

  /** @param members in the place of those of the gateway; `null` takes one away */
  async start(members: JsonObject = {}, targets: readonly JsonObject[] = TARGETS): Promise<void> {
    const { engines, policies, gateways } = this.controlPlane;
    const engine = engines.create({ name: 'Shop', description: undefined, encryptionKeyArn: undefined, tags: {} });
    this.engineArn = engine.policyEngineArn;
    engines.tamper(engine.policyEngineId, { status: 'ACTIVE' });
    for (const [name, statement] of Object.entries({ ...STATEMENTS, ...LEFT })) {
      const enforcementMode = name === 'trial' ? 'LOG_ONLY' : 'ACTIVE';
      const description = name === 'Read_Claims' ? 'Finance "reads".' : undefined;
      const content = { statement, description, enforcementMode } as const;
      const { policyId } = policies.create(engine.policyEngineId, name, content, UNCHECKED, {});
      policies.tamper(policyId, { status: name === 'broken' ? 'CREATE_FAILED' : 'ACTIVE' });
    }
    const answer = {
      ...GATEWAY,
      policyEngineConfiguration: { arn: engine.policyEngineArn, mode: 'ENFORCE' },
      tools: [],
      targets,
      rateLimits: [{ rateLimitId: 'all', dimensionKeys: [], entries: [], status: 'ACTIVE' }],
      ...members,
    };
    const given = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null));
    gateways.set(GATEWAY_ID, given as unknown as GatewayView);
    this.server = await serve(this.controlPlane);
    this.endpoints.set({ BEDROCK_AGENTCORE_CONTROL: this.server.url });
  }

  async stop(): Promise<void> {
    this.endpoints.restore();
    await this.server?.close();
  }
}
