import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../lib/emulator';
import { call, claimsApp, FixtureApp, policy, READERS_MAY_QUERY } from './fixture';

const app = new FixtureApp();
let emulator: Emulator;
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  const evil = '<img src=x onerror="window.injected = true">';
  const manifest = claimsApp(app, {
    policies: [policy('readers-query', READERS_MAY_QUERY)],
    invariants: [
      {
        ...policy('only-readers', READERS_MAY_QUERY.replace('permit', 'forbid').replace('when', 'unless')),
        sentence: 'only readers query claims',
      },
    ],
    local: {
      tables: [],
      personas: [
        { username: 'rita', groups: ['readers'], attributes: {} },
        { username: 'walt', groups: ['writers'], attributes: {} },
        { username: evil, groups: [], attributes: {} },
      ],
    },
  });
  emulator = await app.start(manifest);
  // The sandbox of the browser needs rights that CI's root has not.
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(emulator.url);
});

afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
  app.remove();
});

describe('the page in a browser', () => {
  it('shows the tools as the chosen persona sees them', async () => {
    await page.locator('#tools li').first().waitFor();
    expect(await page.locator('#tools li').allTextContents()).toEqual(['Claims___query']);
    await page.selectOption('#persona', 'walt');
    await page.locator('#tools li', { hasText: /^none$/ }).waitFor();
  });

  it('runs a call with claims, tool and arguments, and explains the decision', async () => {
    await page.selectOption('#tool', 'Claims___query');
    await page.fill('#claims', '{ "sub": "s-1", "cognito:groups": ["readers"] }');
    await page.fill('#arguments', '{ "id": "c-7" }');
    await page.click('#try button');
    await page.waitForSelector('#outcome:not([hidden])');
    expect(await page.textContent('#decision')).toBe('ALLOW');
    expect(await page.textContent('#explanation')).toContain('permit readers-query');
    expect(await page.textContent('#answer')).toContain('c-7');

    await page.fill('#claims', '{ "sub": "s-2", "cognito:groups": ["strangers"] }');
    await page.click('#try button');
    await page.locator('#decision', { hasText: 'DENY' }).waitFor();
    expect(await page.textContent('#explanation')).toContain('does not match');
  });

  it('says what is wrong with an input instead of sending it', async () => {
    await page.fill('#arguments', '{ nonsense');
    await page.click('#try button');
    expect(await page.textContent('#problem')).toContain('JSON objects');
    await page.fill('#arguments', '{}');
  });

  it('shows calls of real clients live, and the text of the policy that decided', async () => {
    await call(emulator, 'rita', 'Claims___query', { id: 'live' });
    const row = page.locator('#calls tr', { hasText: 'rita' }).first();
    await row.waitFor();
    expect(await row.textContent()).toContain('readers-query');
    await row.click();
    await page.waitForSelector('#policy:not([hidden])');
    expect(await page.textContent('#policy')).toContain('permit(principal is AgentCore::OAuthUser');
    expect(await page.textContent('#policy')).toMatch(/\/\/ Callers with a token may call `Claims___query`/);
    expect(await page.textContent('#policy')).toContain('on it rests: only readers query claims');
  });

  it('takes no markup from names, and logs no error', async () => {
    await call(emulator, '<img src=x onerror="window.injected = true">', 'Claims___query', { id: 'x' });
    await page.locator('#calls tr', { hasText: '<img' }).first().waitFor();
    expect(await page.locator('#calls img').count()).toBe(0);
    expect(problems).toEqual([]);
  });
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
