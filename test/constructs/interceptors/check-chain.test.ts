import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleTypeScript } from '../../../lib/constructs/functions/bundle-typescript';
import { checkChain, declaredSteps } from '../../../lib/constructs/interceptors/check-chain';
import type { InterceptionPoint } from '../../../lib/contract/interceptor-payload';

const KIT = join(process.cwd(), 'lambda/interceptor-kit');
const FOLDER = mkdtempSync(join(tmpdir(), 'chains-'));
let count = 0;

/** A chain as a team writes it. */
function chain(body: string) {
  count += 1;
  const file = join(FOLDER, `chain-${count}.ts`);
  writeFileSync(file, `import * as kit from '${KIT}';\nconst request = () => kit.proceed();\n${body}\n`);
  return bundleTypeScript(file);
}

const GATEWAY = {
  authorization: 'jwt',
  targets: ['payments', 'records'],
  requestHeaders: {},
  tools: ['payments___create_transfer', 'payments___list_transfers'],
  inputSchemas: {},
} as const;

function findings(body: string, point: InterceptionPoint = 'REQUEST', configured: string[] = []) {
  return checkChain(chain(body), point, () => configured, GATEWAY);
}

const stepFor = (tools: string): string =>
  `export const handler = kit.requestInterceptor({ name: 'limit', tools: ${tools} as never, request });`;

describe('the chain of a team', () => {
  it.each([["['payments___create_transfer']"], ["['payments', 'records___whatever']"], ["['*']"], ['undefined']])(
    'may say that a step is for %s',
    (tools) => {
      expect(findings(stepFor(tools))).toEqual([]);
    },
  );

  it.each([
    ["['create_transfer']", 'payments___create_transfer'],
    ["['payments___create_transfers']", 'payments___create_transfer'],
    ["['payment']", 'payments'],
  ])('cannot name %s, which no call matches', (tools, suggestion) => {
    expect(findings(stepFor(tools))).toMatchObject([
      { code: 'INTERCEPTOR_UNKNOWN_TOOL', help: expect.stringContaining(suggestion) },
    ]);
  });

  it.each(["'payments___create_transfer'", "{ name: 'payments' }", '[1]'])(
    'cannot say %s in place of a list',
    (tools) => {
      expect(findings(stepFor(tools))).toMatchObject([{ code: 'INTERCEPTOR_STEP_TOOLS' }]);
    },
  );

  it('must load, export its handler, and stand where it belongs', () => {
    expect(findings(`throw new Error('no region');`)).toMatchObject([
      { code: 'INTERCEPTOR_MODULE_FAILED', message: expect.stringContaining('no region') },
    ]);
    expect(findings('export const handle = kit.requestInterceptor();')).toMatchObject([
      { code: 'INTERCEPTOR_HANDLER_MISSING' },
    ]);
    expect(findings('export const handler = kit.requestInterceptor();', 'RESPONSE')).toMatchObject([
      { code: 'INTERCEPTOR_POINT', help: expect.stringContaining('responseInterceptor') },
    ]);
  });

  it('is told which configured steps it leaves out', () => {
    const configured = ['trusted-context', 'audit', 'audit'];
    expect(findings('export const handler = kit.requestInterceptor();', 'REQUEST', configured)).toMatchObject([
      { code: 'INTERCEPTOR_STEPS_LEFT_OUT', message: expect.stringContaining('`trusted-context`, `audit`') },
    ]);
    const whole = 'export const handler = kit.requestInterceptor(...kit.configuredSteps());';
    expect(findings(whole, 'REQUEST', configured)).toEqual([]);
  });

  it('may be made without the kit, and then declares nothing', () => {
    const own = 'export const handler = async () => ({});';
    expect(findings(own)).toEqual([]);
    expect(declaredSteps(chain(own))).toEqual([]);
    expect(declaredSteps(chain('throw new Error();'))).toEqual([]);
  });

  it('says its steps, for the manifest', () => {
    expect(declaredSteps(chain(stepFor("['payments']")))).toEqual([{ name: 'limit', tools: ['payments'] }]);
  });
});
