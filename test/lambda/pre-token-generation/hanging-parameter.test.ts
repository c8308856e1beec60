import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  CLIENTS_PARAMETER_VARIABLE,
  PRE_TOKEN_CONFIG_FILE,
  type PreTokenConfig,
} from '../../../lib/contract/pre-token-config';

const dist = join(__dirname, '../../../dist');

// Covers identity.trigger-timeout
it('gives up a parameter store that never answers, so that Cognito hears of it', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // Beside the bundle, from where the SDK is found as the runtime would find it.
  const folder = mkdtempSync(join(dist, 'hanging-'));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  copyFileSync(join(dist, 'lambda/pre-token-generation/index.js'), join(folder, 'index.js'));
  const config: PreTokenConfig = { version: 1, claims: [], clients: ['agent'], apiSignInScopes: [] };
  writeFileSync(join(folder, PRE_TOKEN_CONFIG_FILE), JSON.stringify(config));
  Object.assign(process.env, {
    [CLIENTS_PARAMETER_VARIABLE]: '/clients',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  const { handler } = require(join(folder, 'index.js')) as { handler: (event: object) => Promise<object> };
  const event = {
    version: '2',
    triggerSource: 'TokenGeneration_HostedAuth',
    callerContext: { clientId: 'some-client' },
    request: { userAttributes: {}, groupConfiguration: {} },
  };
  await expect(handler(event)).rejects.toMatchObject({ name: expect.stringMatching(/TimeoutError|AbortError/) });
});
