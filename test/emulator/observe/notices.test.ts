import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../../lib/emulator';
import { ROOT } from '../../house/source-files';
import { CONFIG, denialLine, logged } from '../../lambda/block-notices/lines';
import { call, claimsApp, FixtureApp } from '../fixture';

/** Writes what the argument `line` says to its log, and lets every answer through. */
const interceptor = `export const handler = async ({ mcp }) => {
  const line = mcp.gatewayRequest.body?.params?.arguments?.id;
  if (line) console.log(line);
  const { statusCode, body } = mcp.gatewayResponse;
  return { interceptorOutputVersion: '1.0', mcp: { transformedGatewayResponse: { statusCode, body } } };
};`;

const app = new FixtureApp();
const printed: string[] = [];
let emulator: Emulator;

beforeAll(async () => {
  cpSync(join(ROOT, 'dist/lambda/block-notices'), join(app.directory, 'asset.notices'), { recursive: true });
  app.write('asset.notices/notices.json', JSON.stringify(CONFIG));
  const manifest = claimsApp(app, { interceptors: { response: app.bundle('response', interceptor) } });
  const notices = {
    asset: 'asset.notices',
    handler: 'index.preview',
    environment: { LOG_GROUP: { Ref: 'Log' }, GATEWAY_NAME: 'claims', WINDOW_MINUTES: '5' },
    timeoutSeconds: 10,
    memoryMb: 256,
  };
  emulator = await app.start(
    { ...manifest, local: { ...manifest.local, notices } },
    { noticeSeconds: 0.5, print: (line) => printed.push(line) },
  );
});

afterAll(async () => {
  await emulator?.stop();
  app.remove();
});

const shown = (): string[] => printed.filter((line) => line.startsWith('  notice | '));
const blocked = async (lines: readonly Parameters<typeof denialLine>[0][]): Promise<void> => {
  printed.length = 0;
  for (const line of lines) await call(emulator, 'rita', 'Claims___query', { id: logged(denialLine(line)) });
};

describe('the notices of an emulator', () => {
  it('are those that people would get: one for each caller, tool and reason of a window, by the application’s own function', async () => {
    await blocked([{ invocation: 'i-1' }, { invocation: 'i-2' }, { invocation: 'i-3', caller: 'bob' }]);
    await expect.poll(() => shown().join('\n')).toContain('Blocked once: bob called Claims___pay');
    const text = shown().join('\n');
    expect(text).toContain('  notice | Blocked 2 times: ann called Claims___pay at claims');
    expect(text).toContain('  notice | Policy: amount_cap: Payments of up to 5,000');
    expect(text).toContain('  notice | Tool: the tool never ran');
    expect(text.match(/Blocked/g)).toHaveLength(2);
  });

  it('cannot be made to move the cursor, and mask what is masked', async () => {
    await blocked([
      { reason: 'a\u001b[2Jb\nnotice | Blocked once: eve', arguments: { ssn: '123-45-6789', note: 'x\u202e`y`' } },
    ]);
    await expect.poll(() => shown().length).toBeGreaterThan(3);
    const text = shown().join('\n');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]|123-45-6789/u);
    expect(text).toContain('Argument: ssn = [masked]');
    expect(text.match(/^ {2}notice \| Blocked/gm)).toHaveLength(1);
  });

  it('are told to the end when the emulator stops, and come from the RESPONSE interceptor alone', async () => {
    printed.length = 0;
    await call(emulator, 'rita', 'Claims___query', { id: logged(denialLine({ caller: 'last' })) });
    await expect.poll(() => printed.length).toBeGreaterThan(0);
    await emulator.stop();
    expect(shown().join('\n')).toContain('Blocked once: last called');
  });
});
