import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../../lib/emulator';
import { CALLBACK, claimsManifest } from '../fixture';
import { startClaimsApp } from '../start-claims-app';
import { peopleClient, signIn } from './person';

const INFO = { name: 'test', version: '1' };

/** What a program keeps of a sign-in, by the interface that both versions of the SDK share. */
class Keeper {
  readonly redirectUrl = CALLBACK;
  readonly clientMetadata = { redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' };
  address: URL | undefined;
  private kept: { access_token: string; token_type: string } | undefined;
  private verifier = '';

  /** @param clientId undefined for a program that wants to register itself */
  constructor(private readonly clientId: string | undefined) {}

  clientInformation() {
    return this.clientId === undefined ? undefined : { client_id: this.clientId };
  }
  saveClientInformation(): void {}
  tokens() {
    return this.kept;
  }
  saveTokens(tokens: { access_token: string; token_type: string }): void {
    this.kept = tokens;
  }
  redirectToAuthorization(address: URL): void {
    this.address = address;
  }
  saveCodeVerifier(verifier: string): void {
    this.verifier = verifier;
  }
  codeVerifier(): string {
    return this.verifier;
  }
}

interface Connection {
  connect(): Promise<void>;
  finish(code: string): Promise<void>;
  toolNames(): Promise<string[]>;
  close(): Promise<void>;
}

function connectionV1(url: URL, authProvider: Keeper): Connection {
  const transport = (): TransportV1 => new TransportV1(url, { authProvider } as never);
  const client = new ClientV1(INFO);
  return {
    connect: () => client.connect(transport() as Parameters<ClientV1['connect']>[0]),
    finish: (code) => transport().finishAuth(code),
    toolNames: async () => (await client.listTools()).tools.map(({ name }) => name),
    close: () => client.close(),
  };
}

function connectionV2(url: URL, authProvider: Keeper): Connection {
  const transport = (): TransportV2 => new TransportV2(url, { authProvider } as never);
  const client = new ClientV2(INFO);
  return {
    connect: () => client.connect(transport()),
    finish: (code) => transport().finishAuth(code),
    toolNames: async () => (await client.listTools()).tools.map(({ name }) => name),
    close: () => client.close(),
  };
}

function startWithScope(): Promise<Emulator> {
  return startClaimsApp(() => ({ identity: { ...claimsManifest().identity, allowedScopes: ['claims/read'] } }));
}

describe.each([
  ['version 1', connectionV1],
  ['version 2', connectionV2],
])('the client of the SDK, %s', (_, connection) => {
  // Covers assumed.resource-indicator
  it('finds the issuer, sends the person to sign in, and calls with the token', async () => {
    const emulator = await startWithScope();
    const keeper = new Keeper(peopleClient(emulator));
    await expect(connection(new URL(emulator.mcpUrl), keeper).connect()).rejects.toThrow();
    expect(keeper.address?.searchParams.get('scope')).toContain('claims/read');
    const back = await signIn(keeper.address ?? '', 'rita');
    expect(`${back.origin}${back.pathname}`).toBe(CALLBACK);
    const client = connection(new URL(emulator.mcpUrl), keeper);
    await client.finish(back.searchParams.get('code') ?? '');
    await client.connect();
    expect(await client.toolNames()).toEqual(['Claims___query']);
    await client.close();
  });

  it('is told that it cannot register itself', async () => {
    const emulator = await startWithScope();
    const attempt = connection(new URL(emulator.mcpUrl), new Keeper(undefined)).connect();
    await expect(attempt).rejects.toThrow(/dynamic client registration|not registered dynamically/);
  });
});
