import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../../lib/emulator';
import { claimsApp, FixtureApp } from '../fixture';
import { openBrowser } from './browser';

const app = new FixtureApp();
let emulator: Emulator;
let browser: Browser;

beforeAll(async () => {
  emulator = await app.start(claimsApp(app));
  ({ browser } = await openBrowser());
});

afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
  app.remove();
});

describe('the files of the page', () => {
  it('come with a policy that takes no script from elsewhere and none inside of the page', async () => {
    const response = await fetch(`${emulator.url}/`);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|<style/i);
    const scripts = [...html.matchAll(/(?:src|href)="(page\/[^"]+)"/g)].map(([, name = '']) => name);
    expect(scripts.length).toBeGreaterThan(2);
    for (const name of scripts) expect((await fetch(`${emulator.url}/${name}`)).status).toBe(200);
  });

  it.each(['page/index.html', 'page/..%2fstate.ts', 'page/state.ts', 'page/none.mjs', 'page/web/page.mjs', 'page/'])(
    'are the only ones: %s is none',
    async (path) => {
      expect((await fetch(`${emulator.url}/${path}`)).status).toBe(404);
    },
  );
});

describe('the data behind the page', () => {
  it('is for the page alone', async () => {
    const response = await fetch(`${emulator.url}/emulator/state`, { headers: { origin: 'http://localhost:1' } });
    expect(response.status).toBe(403);
  });

  it.each(['/', '/identity/oauth2/authorize', '/identity/error'])(
    'shows %s in no frame of another page',
    async (path) => {
      const outside = await browser.newPage();
      await outside.setContent(`<iframe src="${emulator.url}${path}"></iframe>`);
      await expect.poll(() => outside.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
      await outside.close();
    },
  );

  it.each(['http://localhost:1', 'http://evil.example', 'null'])('mints no token for a page of %s', async (origin) => {
    const body = JSON.stringify({ persona: 'ann' });
    for (const path of ['token', 'call', 'tools']) {
      const request = { method: 'POST', headers: { origin, 'content-type': 'text/plain' }, body };
      const response = await fetch(`${emulator.url}/emulator/${path}`, request);
      expect(response.status).toBe(403);
      expect(await response.text()).not.toContain('eyJ');
    }
  });

  it('names a persona that does not exist, whatever it was wanted for', async () => {
    const body = JSON.stringify({ persona: 'nobody', tool: 'Claims___query', arguments: {} });
    for (const path of ['token', 'call', 'tools']) {
      const response = await fetch(`${emulator.url}/emulator/${path}`, { method: 'POST', body });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ diagnostics: [{ code: 'COMMAND_PERSONA_UNKNOWN' }] });
    }
  });

  it('knows no operation that every object has', async () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const headers = { 'x-amz-target': `AWSCognitoIdentityProviderService.${name}` };
      const response = await fetch(`${emulator.url}/identity`, { method: 'POST', headers, body: '{"a":1}' });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ __type: 'InvalidParameterException' });
    }
  });
});
