// How long a change of a source takes until a call sees it, on an application of 200 policies whose interceptor is made with the kit.
import { join } from 'node:path';
import { INTERCEPTOR_CONFIG_FILE, type InterceptorConfig } from '../../lib/contract/steps/interceptor-config';
import type { Emulator } from '../../lib/emulator';
import { call, claimsApp, FixtureApp, READERS_MAY_QUERY, type RpcBody } from '../../test/emulator/fixture';

const POLICIES = 200;
const KIT = JSON.stringify(join(__dirname, '../../lambda/interceptor-kit/index.ts'));
const ACTION = 'action == AgentCore::Action::"Claims___query", resource == ?resource';

const PASS = `export const handler = async (event) => ({
  interceptorOutputVersion: '1.0', mcp: { transformedGatewayRequest: { body: event.mcp.gatewayRequest.body } },
});`;

const interceptor = (round: number): string => `import { deny, proceed, requestInterceptor } from ${KIT};
export const handler = requestInterceptor({
  name: 'bench',
  request: (call) => (call.arguments?.id === 'round-${round}' ? deny('not-allowed') : proceed()),
});`;

const forbid = (id: string): string =>
  `forbid(principal is AgentCore::OAuthUser, ${ACTION}) when { context.input.id == "${id}" };`;

/** What is changed, and the milliseconds of each round until a call came out differently. */
export type ReloadTimes = { readonly [change in 'policy' | 'interceptor']: readonly number[] };

export async function measureReload(rounds: number): Promise<ReloadTimes> {
  const app = new FixtureApp();
  const said: string[] = [];
  const others = Array.from({ length: POLICIES }, (_, index) => forbid(`other-${index}`));
  app.write('app/policies/base.cedar', [READERS_MAY_QUERY, ...others].join('\n'));
  app.write('app/policies/changing.cedar', forbid('none'));
  app.write('app/interceptor.ts', interceptor(-1));
  const request = app.bundle('r', PASS, { entry: 'interceptor.ts' });
  const config: InterceptorConfig = { version: 1, authorization: 'jwt', steps: [], inputSchemas: {} };
  app.write(join(request.asset, INTERCEPTOR_CONFIG_FILE), JSON.stringify(config));
  const manifest = claimsApp(app, { policies: [], policySources: ['policies'], interceptors: { request } });
  const emulator = await app.start(manifest, {
    watch: true,
    appDirectory: join(app.directory, 'app'),
    print: (line) => said.push(line),
  });
  try {
    app.write('app/policies/changing.cedar', forbid('nothing'));
    await until(emulator, said, 'warm', (body) => body.error === undefined);
    const policy: number[] = [];
    const bundle: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      app.write('app/policies/changing.cedar', forbid(`policy-${round}`));
      policy.push(await until(emulator, said, `policy-${round}`, (body) => body.error !== undefined));
      app.write('app/interceptor.ts', interceptor(round));
      bundle.push(await until(emulator, said, `round-${round}`, (body) => body.error !== undefined));
    }
    return { policy, interceptor: bundle };
  } finally {
    await emulator.stop();
    app.remove();
  }
}

/** Calls until the answer is the wanted one. */
async function until(
  emulator: Emulator,
  said: readonly string[],
  id: string,
  isWanted: (body: RpcBody) => boolean,
): Promise<number> {
  const started = performance.now();
  for (;;) {
    const body = await call(emulator, 'rita', 'Claims___query', { id });
    const passed = performance.now() - started;
    if (isWanted(body)) return passed;
    if (passed > 10_000) throw new Error(`never taken over: ${JSON.stringify(body)}\n${said[0]}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
