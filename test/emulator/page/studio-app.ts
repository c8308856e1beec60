import { join } from 'node:path';
import type { GatewayManifest } from '../../../lib/contract/manifest';
import type { Emulator, EmulatorOptions } from '../../../lib/emulator';
import { loadPolicies, PolicySource } from '../../../lib/policy';
import { claimsManifest, FixtureApp } from '../fixture';

/** A persona whose name is markup: the page must show it as text. */
export const EVIL = '<img src=x onerror="window.injected = true">';

const GROUP = (name: string): string =>
  `principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"${name}\\"*"`;

const scope = (tool: string): string =>
  `(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Payments___${tool}", resource == ?resource)`;

const POLICIES = `@id("treasurers-transfer")
@description("Treasurers move money, up to what one person may move alone.")
permit${scope('create_transfer')}
when { ${GROUP('treasurers')} }
when { context.input.amount <= 10000 };

@id("everybody-lists")
permit${scope('list_accounts')}
when { principal.hasTag("username") };

@id("no-gifts")
@description("Gifts are paid by hand.")
forbid${scope('create_transfer')}
when { context.input has memo && context.input.memo like "*gift*" };

@id("small-urgent")
@enforcement("LOG_ONLY")
forbid${scope('create_transfer')}
when { context.input has urgent && context.input.urgent && context.input.amount < 100 };
`;

const INVARIANT = `@id("only-treasurers")
@invariant("nobody but treasurers transfers")
forbid${scope('create_transfer')}
unless { ${GROUP('treasurers')} };
`;

const TESTS = `personas:
  tina: { username: tina, groups: [treasurers] }
  otto: { username: otto, groups: [auditors] }
tests:
  - { as: tina, call: Payments___create_transfer, arguments: { to: DE-1, amount: 5, currency: EUR }, expect: ALLOW }
  - { as: otto, call: Payments___create_transfer, arguments: { to: DE-1, amount: 5, currency: EUR }, expect: DENY }
  - { as: [tina, otto], call: Payments___list_accounts, expect: ALLOW }
`;

const KIT = join(process.cwd(), 'lambda/interceptor-kit');

const STEPS = `import { deny, proceed, requestInterceptor, responseInterceptor } from '${KIT}';
const steps = [
  {
    name: 'upper-case-currency',
    tools: ['Payments___create_transfer'],
    request: ({ arguments: args }) =>
      proceed(typeof args.currency === 'string' ? { arguments: { ...args, currency: args.currency.toUpperCase() } } : {}),
  },
  {
    name: 'frozen-accounts',
    request: (call) => (call.arguments?.to === 'DE-frozen' ? deny('frozen', 'the account is frozen') : proceed()),
  },
  {
    name: 'mask-iban',
    response: ({ kind, payload }) =>
      proceed(kind === 'result' ? { payload: JSON.parse(JSON.stringify(payload).replace(/DE89[0-9 ]+/g, 'DE**')) } : {}),
  },
];
export const request = requestInterceptor(...steps);
export const response = responseInterceptor(...steps);`;

const TRANSFER = {
  type: 'object',
  properties: {
    to: { type: 'string', description: 'IBAN of the receiver', minLength: 4 },
    amount: { type: 'integer', description: 'Amount in cents', minimum: 1 },
    currency: { type: 'string', enum: ['EUR', 'USD', 'eur'] },
    urgent: { type: 'boolean', description: 'Whether it goes out today' },
    memo: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    receipt: {
      type: 'object',
      properties: { email: { type: 'string' }, copies: { type: 'integer' } },
      required: ['email'],
    },
  },
  required: ['to', 'amount', 'currency'],
};

const BANK = `export const handler = async (event, context) => {
  const tool = context.clientContext.custom.bedrockAgentCoreToolName;
  if (event.to === 'DE-down') throw new Error('the bank is down');
  return tool.endsWith('list_accounts') ? { accounts: [{ iban: 'DE89 3704 0044' }] } : { transfer: 't-1', from: 'DE89 3704 0044', amount: event.amount };
};`;

/** A bank's gateway as a developer has it on the desk: policies, tests and interceptors in files, watched. */
export class StudioApp {
  readonly app = new FixtureApp();

  manifest(parts: Partial<GatewayManifest> = {}): GatewayManifest {
    const { app } = this;
    this.writePolicies(POLICIES);
    this.writePolicies(INVARIANT, 'payments.invariant');
    app.write('app/policies/payments.test.yaml', TESTS);
    const steps = app.bundle('steps', STEPS);
    app.write(
      join(steps.asset, 'config.json'),
      JSON.stringify({ version: 1, authorization: 'jwt', steps: [], inputSchemas: {} }),
    );
    const tool = (name: string, description: string, inputSchema: object): object => ({
      name,
      description,
      inputSchema,
    });
    const base = claimsManifest();
    const baseDirectory = join(app.directory, 'app');
    const { policies, invariants, tests } = loadPolicies([PolicySource.fromDirectory('policies')], {
      baseDirectory,
      nameSeed: 'Bank',
    });
    return {
      ...base,
      path: 'Bank/Payments',
      targets: [
        {
          name: 'Payments',
          kind: 'lambda',
          tools: [
            tool('create_transfer', 'Moves money to an account', TRANSFER),
            tool('list_accounts', 'Lists the accounts of the house', { type: 'object', properties: {} }),
            tool('close_account', 'Closes an account for good', {
              type: 'object',
              properties: { to: { type: 'string' } },
            }),
          ] as never,
          function: app.bundle('bank', BANK),
        },
      ],
      identity: { ...base.identity, groups: ['treasurers', 'auditors'] },
      interceptors: {
        request: { ...steps, handler: 'index.request' },
        response: { ...steps, handler: 'index.response' },
      },
      policySources: ['policies'],
      policies,
      invariants,
      tests,
      local: {
        tables: [],
        personas: [
          { username: 'tina', groups: ['treasurers'], attributes: {} },
          { username: 'otto', groups: ['auditors'], attributes: {} },
          { username: EVIL, groups: [], attributes: {} },
        ],
      },
      ...parts,
    };
  }

  writePolicies(text: string, file = 'payments'): void {
    this.app.write(`app/policies/${file}.cedar`, text);
  }

  async start(parts: Partial<GatewayManifest> = {}, options: EmulatorOptions = {}): Promise<Emulator> {
    const manifest = this.manifest(parts);
    return await this.app.start(manifest, { watch: true, appDirectory: join(this.app.directory, 'app'), ...options });
  }
}
