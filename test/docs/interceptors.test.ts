import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DENIALS } from '../../lambda/interceptor-kit/message/denial';
import { requestEvent, toolCall } from '../../lambda/interceptor-kit/testing';
import { bundleTypeScript } from '../../lib/constructs/functions/bundle-typescript';
import { read } from '../house/source-files';
import { programsOf } from './page';
import { ProgramFolder } from './program-folder';

const folder = new ProgramFolder(programsOf('interceptors.md'));
afterAll(() => folder.remove());

describe('docs/interceptors.md', () => {
  it('has a chain that runs, and denies everything without its configuration', async () => {
    const { directory } = bundleTypeScript(folder.path('interceptors/request.ts'));
    const { handler } = createRequire(__filename)(join(directory, 'index.js'));
    const output = await handler(requestEvent(toolCall('Claims___query_claims')));
    expect(output.mcp.transformedGatewayResponse.body.error.data.reason).toBe('misconfigured');
  });

  it('lists every reason under its code', () => {
    const page = read('docs/interceptors.md');
    for (const [reason, { code }] of Object.entries(DENIALS)) {
      expect(page).toMatch(new RegExp(`^\\| ${code} \\|.*\`${reason}\``, 'm'));
    }
  });
});
