import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Emulator } from '../../../lib/emulator';
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
  await page.goto(`${emulator.url}/#try`);
});

afterAll(async () => {
  await watched?.browser.close();
  await emulator?.stop();
  studio.app.remove();
});

const reason = () => page.locator('.try [role=status]').innerText();
const field = (name: string) =>
  page.locator('.field', { hasText: new RegExp(`^${name}`) }).locator('input, select, textarea');
const raw = async () => JSON.parse(await page.locator('details textarea').inputValue()) as object;

it('makes a form of the schema: types, enums, descriptions, what is required', async () => {
  await field('to').waitFor();
  expect(await field('amount').getAttribute('type')).toBe('number');
  expect(await field('amount').getAttribute('min')).toBe('1');
  expect(await field('currency').locator('option').allInnerTexts()).toEqual(['', 'EUR', 'USD', 'eur']);
  expect(await field('urgent').locator('option').allInnerTexts()).toEqual(['', 'true', 'false']);
  expect(await page.locator('fieldset legend').innerText()).toBe('receipt');
  expect(await page.getByLabel('to required').getAttribute('aria-describedby')).toMatch(/-hint$/);
  expect(await page.locator('.field', { hasText: /^to/ }).innerText()).toContain(
    'IBAN of the receiver; 4 characters or more',
  );
});

it('decides while somebody types, without calling the tool or telling of a call', async () => {
  await expect.poll(reason).toMatch(/^ERROR|^DENY/);
  await field('to').fill('DE-1');
  await field('amount').fill('500');
  await field('currency').selectOption('eur');
  await field('tags').fill('a\nb');
  await field('email').fill('tina@example.com');
  await expect.poll(reason).toBe('ALLOW by treasurers-transfer');
  expect(await raw()).toEqual({
    to: 'DE-1',
    amount: 500,
    currency: 'eur',
    tags: ['a', 'b'],
    receipt: { email: 'tina@example.com' },
  });
  await field('amount').fill('10001');
  await expect.poll(reason).toContain('context.input.amount <= 10000 does not hold');
  expect(await page.locator('.try .policy').first().locator('.failed').innerText()).toContain('context.input.amount');
  await field('to').fill('DE-frozen');
  await expect.poll(reason).toContain('step frozen-accounts: Request denied: the account is frozen');
  await field('to').fill('DE-1');
  await field('amount').fill('50');
  await field('urgent').selectOption('true');
  await expect.poll(reason).toContain('ALLOW');
  await page.getByText('small-urgent is LOG_ONLY; active it would make this DENY.').waitFor();
  expect(await (await fetch(`${emulator.url}/emulator/calls`)).json()).toEqual([]);
});

it('decides for every persona side by side', async () => {
  await page.getByRole('button', { name: 'Decide for every persona' }).click();
  const rows = page.locator('#view-try table tr');
  await rows.first().waitFor();
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching(/^tina\s+ALLOW\s+treasurers-transfer$/),
    expect.stringMatching(/^otto\s+DENY\s+permit treasurers-transfer at/),
    expect.stringContaining(EVIL),
    expect.stringMatching(/^machine\s+DENY/),
  ]);
  expect(await flaws(page, 'try')).toEqual([]);
});

it('takes arguments as JSON, with what the form has no field for, and says when it is none', async () => {
  await page.locator('details', { hasText: 'Arguments as JSON' }).locator('summary').click();
  await page.locator('details textarea').fill('{ "to": "DE-2", "amount": 7, "currency": "EUR", "colour": "red" }');
  await expect.poll(() => field('to').inputValue()).toBe('DE-2');
  await expect.poll(reason).toContain('colour');
  await field('amount').fill('8');
  expect(await raw()).toEqual({ to: 'DE-2', amount: 8, currency: 'EUR', colour: 'red' });
  await page.locator('details textarea').fill('{ "to": ');
  await expect.poll(() => page.getByRole('alert').innerText()).toBe('That is not JSON yet.');
  await page.locator('details textarea').fill('{ "to": "DE-2", "amount": 7, "currency": "EUR" }');
  await expect.poll(reason).toContain('ALLOW');
});

it('calls as somebody with any claims, starting from those of a persona, and shows the way of the call', async () => {
  await page.getByLabel('Who').selectOption({ label: 'otto (auditors)' });
  await expect.poll(reason).toContain('DENY');
  await page.getByLabel('Who').selectOption({ label: 'somebody with claims of my own …' });
  const claims = page.getByLabel('Claims of the token');
  await expect.poll(() => claims.inputValue()).toContain('auditors');
  await claims.fill((await claims.inputValue()).replace('auditors', 'treasurers'));
  await expect.poll(reason).toContain('ALLOW');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.locator('#view-try .timeline').waitFor();
  expect(await page.locator('#view-try > div:last-child pre').first().innerText()).toContain('DE**');
  expect(await (await fetch(`${emulator.url}/emulator/calls`)).json()).toMatchObject([
    { who: 'otto', outcome: 'ALLOW' },
  ]);
  expect(watched.problems).toEqual([]);
});
