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
  await page.goto(`${emulator.url}/#access`);
});

afterAll(async () => {
  await watched?.browser.close();
  await emulator?.stop();
  studio.app.remove();
});

const cell = (persona: string, tool: string) => page.getByRole('button', { name: `${persona}, Payments___${tool}: ` });

it('shows who may use what, and which tools an agent does not even see', async () => {
  await page.locator('.matrix tbody tr').first().waitFor();
  expect(await page.locator('.matrix thead th').allInnerTexts()).toEqual(['Tool', 'tina', 'otto', EVIL, 'machine']);
  expect(await page.locator('.matrix tbody tr').allInnerTexts()).toEqual([
    'Payments___create_transfer\t~ depends\t– never, hidden\t– never, hidden\t– never, hidden',
    'Payments___list_accounts\t✓ always\t✓ always\t✓ always\t– never, hidden',
    'Payments___close_account\t– never, hidden\t– never, hidden\t– never, hidden\t– never, hidden',
  ]);
});

it('gives the reason of a cell: proved, on what it depends, and shown by an example', async () => {
  await cell('tina', 'create_transfer').click();
  const why = page.locator('.why');
  await why.waitFor();
  expect(await why.locator('h3').innerText()).toBe('tina, Payments___create_transfer: depends');
  expect((await why.locator('li').allInnerTexts()).filter((text) => text.startsWith('Depends'))).toEqual([
    expect.stringMatching(/^Depends on amount: \d+ gives ALLOW, \d+ gives DENY$/),
    expect.stringMatching(/^Depends on memo: .* gives ALLOW, .*gift.* gives DENY$/),
  ]);
  expect(await flaws(page, 'access')).toEqual([]);
  await page.keyboard.press('Tab');
  await cell('tina', 'create_transfer').click();
  expect(await page.locator('.why').count()).toBe(0);
});

it('says why a tool is hidden, by the condition that fails or because no permit covers it', async () => {
  await cell('otto', 'create_transfer').click();
  const why = page.locator('.why');
  await why.waitFor();
  expect(await why.innerText()).toContain('Hidden from the agent: no call of it could be allowed.');
  expect(await why.locator('.failed').innerText()).toContain('like "*\\"treasurers\\"*"');
  await cell('otto', 'close_account').click();
  await expect.poll(() => why.innerText()).toContain('No permit covers this tool.');
});

it('hands the example over to be tried', async () => {
  await page.locator('.why').getByText('Try it').click();
  await expect.poll(() => page.getByLabel('Who').inputValue()).toBe('otto');
  await expect.poll(() => page.locator('.try [role=status]').innerText()).toContain('DENY');
  await page.goBack();
  await page.getByRole('searchbox', { name: 'Search tools' }).fill('LIST');
  await expect.poll(() => page.locator('.matrix tbody tr').count()).toBe(1);
  expect(watched.problems).toEqual([]);
});
