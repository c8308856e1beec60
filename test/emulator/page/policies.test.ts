import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Emulator } from '../../../lib/emulator';
import { call } from '../fixture';
import { flaws, openBrowser, type Watched } from './browser';
import { StudioApp } from './studio-app';

const studio = new StudioApp();
let emulator: Emulator;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  emulator = await studio.start();
  watched = await openBrowser();
  page = watched.page;
  await page.goto(`${emulator.url}/#policies`);
});

afterAll(async () => {
  await watched?.browser.close();
  await emulator?.stop();
  studio.app.remove();
});

const card = (id: string) => page.locator('.policy', { hasText: id });
const news = () => page.locator('#news').innerText();

it('shows every policy in words, with its mode, and what tests and proofs say of it', async () => {
  await card('treasurers-transfer').waitFor();
  expect(await page.locator('.policy h3').allInnerTexts()).toEqual([
    'permit treasurers-transfer ACTIVE',
    'permit everybody-lists ACTIVE',
    'forbid no-gifts ACTIVE',
    'forbid small-urgent LOG_ONLY',
  ]);
  expect(await page.locator('#view-policies').innerText()).toContain('Policy tests: 4 passed, 0 failed. They saw ');
  const text = await card('treasurers-transfer').innerText();
  expect(text).toContain('Callers with a token may call Payments___create_transfer if their claim cognito:groups');
  expect(text).toContain('Treasurers move money, up to what one person may move alone.');
  expect(text).toMatch(/Decides 1 test; tests saw \d of 7 outcomes/);
  await card('treasurers-transfer').getByText('Not seen').click();
  await card('treasurers-transfer').getByText('context.input.amount <= 10000 false').waitFor();
  await card('treasurers-transfer').getByText('What is proved').click();
  await card('treasurers-transfer').getByText('on it rests: nobody but treasurers transfers').waitFor();
  expect(await page.locator('#view-policies').innerText()).toContain(
    'Invariants\nnobody but treasurers transfers policies/payments.invariant.cedar:3',
  );
  expect(await flaws(page, 'policies')).toEqual([]);
});

it('shows what is broken on the disk with the finding, while the last good version serves', async () => {
  studio.writePolicies(
    'permit(principal, action == AgentCore::Action::"Payments___clos_account", resource == ?resource);',
    'close',
  );
  await expect.poll(news).toContain('the last good version goes on serving');
  const broken = page.locator('#view-policies pre').first();
  await expect
    .poll(() => broken.innerText())
    .toMatch(/policies\/close.cedar:1[\s\S]*\^\^\^[\s\S]*help:.*close_account/);
  expect(await flaws(page, 'policies-broken')).toEqual([]);
  expect(await call(emulator, 'tina', 'Payments___list_accounts')).toHaveProperty('result');
});

it('shows that a change was taken over, the new policy, and a test that fails by it', async () => {
  const forbid =
    'forbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Payments___list_accounts", resource == ?resource)';
  studio.writePolicies(
    `@id("closed")\n${forbid} when { principal.hasTag("username") && principal.getTag("username") == "tina" };\n`,
    'close',
  );
  await expect.poll(news).toMatch(/^Reloaded policies at \d\d:\d\d:\d\d\.$/);
  await card('closed').waitFor();
  await expect.poll(() => page.locator('#view-policies > div').first().innerText()).toBe('');
  await expect
    .poll(() => page.locator('#view-policies .reason').allInnerTexts())
    .toEqual([
      expect.stringMatching(
        /^tina calls Payments___list_accounts: ALLOW policies\/payments.test.yaml:\d+[\s\S]*forbid closed applies/,
      ),
    ]);
  await page.getByRole('searchbox', { name: 'Search policies' }).fill('gift');
  await expect.poll(() => page.locator('.policy h3').allInnerTexts()).toEqual(['forbid no-gifts ACTIVE']);
  expect(watched.problems).toEqual([]);
});
