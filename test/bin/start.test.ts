import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

describe('npm start', () => {
  it('synthesizes, shows what people may do, and tells how to connect', async () => {
    const env = { ...process.env, PORT: '0', NODE_OPTIONS: '' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bin/start.ts', '--once'], {
      env,
    });
    // Allowed, denied with reason, hidden tool, masked column, spoofed geography: the tour fails when one comes out otherwise.
    expect(stdout).not.toContain('UNEXPECTED');
    for (const text of [
      'query_claims, get_claim_details, text_to_sql',
      '10 claims, 0 of other people',
      'denied: No policy applies to the request',
      'claimant_email: ***',
      'denied: Policy evaluation denied due to',
      'allowed, 36 rows',
    ])
      expect(stdout).toContain(text);
    const url = /page with every decision: {2}(http:\/\/127\.0\.0\.1:\d+)\//.exec(stdout)?.[1];
    expect(stdout).toContain(`--cli ${url}/mcp --transport http`);
    expect(stdout).toContain(`"url": "${url}/mcp"`);
    expect(stdout).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/m);
  });
});
