import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Emulator } from '../../../lib/emulator';
import { call, post } from '../fixture';
import { flaws, openBrowser, type Watched } from './browser';
import { EVIL, StudioApp } from './studio-app';

const studio = new StudioApp();
let emulator: Emulator;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  emulator = await studio.start();
  watched = await openBrowser();
  page = watched.page;
  await page.goto(emulator.url);
});

afterAll(async () => {
  await watched?.browser.close();
  await emulator?.stop();
  studio.app.remove();
});

const TRANSFER = 'Payments___create_transfer';
const transfer = (who: string, input: object = {}) =>
  call(emulator, who, TRANSFER, { to: 'DE-1', amount: 500, currency: 'EUR', ...input });
const newest = () => page.locator('.call').first();

it('folds what the protocol says between the calls, and shows a call as it happens', async () => {
  const authorization = `Bearer ${await emulator.token('tina')}`;
  const initialize = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  await post(emulator, 'initialize', initialize, { authorization });
  await post(emulator, 'tools/list', {}, { authorization });
  await post(emulator, 'ping', {}, { authorization });
  await transfer('tina', { currency: 'eur' });
  await newest().waitFor();
  expect(await page.locator('.calls > *').allInnerTexts()).toEqual([
    expect.stringMatching(/ALLOW\s+Payments___create_transfer\s+tina/),
    '3 protocol messages: initialize, tools/list, ping',
  ]);
  await post(emulator, 'tools/list', {});
  await page.locator('.call', { hasText: '401' }).waitFor();
  expect(await newest().innerText()).toContain('the request has no header Authorization');
});

it('opens a call in place: each stage and step, with what it changed', async () => {
  await transfer('tina', { currency: 'eur' });
  await expect.poll(() => newest().innerText()).toContain('ALLOW');
  await newest().locator('summary').first().press('Enter');
  const stages = newest().locator('.timeline > li');
  await stages.first().waitFor();
  expect(await stages.locator('h3').allInnerTexts()).toEqual([
    expect.stringMatching(/^Token passed [\d.]+ ms$/),
    expect.stringMatching(/^REQUEST interceptor passed/),
    expect.stringMatching(/^Policies ALLOW/),
    expect.stringMatching(/^Target passed/),
    expect.stringMatching(/^RESPONSE interceptor passed/),
  ]);
  expect(await stages.nth(1).locator('.steps > li').allInnerTexts()).toEqual([
    expect.stringMatching(/^upper-case-currency changed [\d.]+ ms\s*currency\s*"eur"\s*"EUR"$/),
    expect.stringMatching(/^frozen-accounts passed/),
  ]);
  expect(await stages.nth(4).locator('.diff').innerText()).toMatch(
    /content\[0\]\.text\.from\s*"DE89 3704 0044"\s*"DE\*\*"/,
  );
  const policy = stages.nth(2).locator('.policy').first();
  expect(await policy.innerText()).toMatch(/permit\s*treasurers-transfer applies/);
  expect(await policy.locator('.conditions li').allInnerTexts()).toEqual([
    expect.stringMatching(/^✓\s*principal.hasTag\("cognito:groups"\)/),
    expect.stringMatching(/^✓\s*principal.getTag/),
    expect.stringMatching(/^✓\s*context.input.amount <= 10000/),
  ]);
  await policy.locator('.proved', { hasText: 'on it rests: nobody but treasurers transfers' }).waitFor();
  await policy.locator('summary', { hasText: 'Statement' }).click();
  expect(await policy.locator('pre').innerText()).toContain('resource == ?resource');
  expect(await flaws(page, 'calls-allowed')).toEqual([]);
});

it('tells of a denial by policy which condition failed, and of one by a step which step', async () => {
  await transfer('tina', { amount: 20_000 });
  await expect.poll(() => newest().innerText()).toMatch(/DENY[\s\S]*policies\/payments.cedar:5/);
  await newest().locator('summary').first().click();
  const failed = newest().locator('.policy').first().locator('.failed');
  await failed.first().waitFor();
  expect(await failed.allInnerTexts()).toEqual([expect.stringContaining('context.input.amount <= 10000')]);
  expect(await newest().locator('.timeline > li').nth(3).innerText()).toBe('Target not reached');
  expect(await flaws(page, 'calls-denied')).toEqual([]);

  await transfer('tina', { to: 'DE-frozen' });
  await expect.poll(() => newest().innerText()).toContain('step frozen-accounts: ');
  await newest().locator('summary').first().click();
  expect(await newest().locator('.timeline > li').nth(1).locator('.steps > li').last().innerText()).toMatch(
    /^frozen-accounts denied [\d.]+ ms\s*the account is frozen \(frozen\)$/,
  );

  await transfer('tina', { to: 'DE-down' });
  await expect.poll(() => newest().innerText()).toMatch(/FAILED[\s\S]*the bank is down/);
});

it('gives a call as a policy test that passes, whoever called', async () => {
  const hasTest = async (text: RegExp): Promise<void> => {
    await newest().locator('summary').first().click();
    await newest().getByRole('button', { name: 'As policy test' }).click();
    await expect.poll(() => newest().locator('.test').innerText()).toMatch(text);
  };
  await transfer('otto', { memo: 'rent' });
  await expect.poll(() => newest().innerText()).toContain('otto');
  await hasTest(/Passes as it is[\s\S]*otto: \{ username: otto, groups: \[ auditors \] \}[\s\S]*decision: DENY/);
  const stranger = await emulator.tokenFor({ username: 'zoe', groups: ['treasurers'] });
  await post(
    emulator,
    'tools/call',
    { name: TRANSFER, arguments: { to: 'DE-1', amount: 1, currency: 'EUR', memo: 'a gift' } },
    {
      authorization: `Bearer ${stranger}`,
    },
  );
  await expect.poll(() => newest().innerText()).toContain('zoe');
  await hasTest(/Passes as it is[\s\S]*groups: \[ treasurers \][\s\S]*determining: \[ no-gifts \]/);
});

it('finds calls by words and by how they ended, and takes a call over to be tried again', async () => {
  await page.getByRole('searchbox').fill('frozen');
  await expect.poll(() => page.locator('.call').count()).toBe(1);
  await page.getByRole('searchbox').fill('');
  await page.getByLabel('refused only').check();
  await expect.poll(() => page.locator('.call', { hasText: 'ALLOW' }).count()).toBe(0);
  await page.getByLabel('refused only').uncheck();
  await page.getByRole('searchbox').fill('a gift');
  await page.getByRole('searchbox').fill('no-gifts');
  await expect.poll(() => page.locator('.call').count()).toBe(1);
  await newest().locator('summary').first().click();
  await newest().getByText('Try again with').click();
  await expect.poll(() => page.locator('#view-try').innerText()).toContain('Try a call');
  await expect.poll(() => page.locator('#view-try textarea').last().inputValue()).toContain('a gift');
  await page.goto(`${emulator.url}/#calls`);
  await page.getByRole('searchbox').fill('');
});

it('takes no markup from names, and logs no error', async () => {
  await call(emulator, EVIL, TRANSFER, { to: EVIL, amount: 1, currency: EVIL });
  await expect.poll(() => newest().innerText()).toContain('<img');
  await newest().locator('summary').first().click();
  await newest().locator('.timeline').waitFor();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.evaluate('window.injected')).toBeUndefined();
  expect(watched.problems).toEqual([]);
});
