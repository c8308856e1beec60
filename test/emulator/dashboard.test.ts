import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DevopsStack } from '../../bin/devops-stack';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { EnforcementMode } from '../../lib/index';
import { launchChromium } from '../chromium';
import { call, claimsApp, FixtureApp } from './fixture';

const outdir = mkdtempSync(join(tmpdir(), 'governed-gateway-dashboard-'));
let emulator: Emulator;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const app = new App({ outdir, analyticsReporting: false });
  new DevopsStack(app, 'Devops', { mode: EnforcementMode.ENFORCE, testSignIn: false, observed: true });
  app.synth();
  emulator = await startEmulator({ assembly: outdir, port: 0 });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1400, height: 1700 } });
  await page.goto(`${emulator.url}/dashboard`);
});

afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
  rmSync(outdir, { recursive: true, force: true });
});

const texts = async (title: string, selector: string): Promise<string[]> =>
  (await page.locator('section', { hasText: title }).first().locator(selector).allInnerTexts()).map((text) =>
    text.trim(),
  );
const restart = (environment: string, service = 'api') =>
  call(emulator, 'engineer001', 'devops___restart_service', { service, environment });

it('draws the widgets of the app’s own dashboard over what happens, while it happens', async () => {
  await expect.poll(() => page.locator('h1').innerText()).not.toBe('');
  expect(await page.locator('section.text').innerText()).toContain('mode ENFORCE');
  for (const environment of ['dev', 'dev', 'staging', 'prod']) await restart(environment);
  await restart('prod', '<img src=x onerror="window.injected = 1">');
  await expect.poll(() => texts('Decisions', 'li')).toEqual(['Allowed 3', 'Denied 2', 'Would be denied 0']);
  expect(await texts('Denials by tool', 'li')).toEqual(['devops___restart_service 2']);
  expect((await texts('Milliseconds', 'li')).join(' ')).toMatch(/Policies, p90 [\d.]+.*Interceptor 1 of .*Targets/s);
  const rows = await texts('Last 50 denials', 'tbody tr');
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('devops___restart_service');
  expect(await texts('under LOG_ONLY among them', 'tbody tr')).toHaveLength(2);
  expect(await page.evaluate('window.injected')).toBeUndefined();
});

it('fits a wide window without a widget over another, and a phone without scrolling sideways, in both schemes', async () => {
  const boxes = await page.locator('section').evaluateAll((sections) =>
    sections.map((section) => {
      const { left, right, top, bottom } = section.getBoundingClientRect();
      return { left, right, top, bottom };
    }),
  );
  expect(boxes.length).toBeGreaterThan(7);
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      expect(a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1).toBe(
        true,
      );
    }
  }
  const folder = process.env['SCREENSHOTS'];
  const shoot = async (name: string): Promise<void> => {
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  };
  const colors = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  await shoot('wide-light');
  const light = await colors();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await colors()).not.toBe(light);
  await shoot('wide-dark');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await shoot('phone-dark');
});

it('asks nobody but the emulator, answers no other page, and says so for an app without a dashboard', async () => {
  const asked = await page.evaluate<string[]>("performance.getEntriesByType('resource').map(({ name }) => name)");
  expect(asked.filter((name) => !name.startsWith(emulator.url))).toEqual([]);
  const foreign = await fetch(`${emulator.url}/emulator/dashboard`, { headers: { origin: 'http://localhost:6274' } });
  expect(foreign.status).toBe(403);
  const app = new FixtureApp();
  const plain = await app.start(claimsApp(app));
  try {
    await page.goto(`${plain.url}/dashboard`);
    await expect.poll(() => page.locator('#problem').innerText()).toContain('The app has no dashboard');
  } finally {
    await plain.stop();
    app.remove();
  }
});
