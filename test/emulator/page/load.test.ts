import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Emulator } from '../../../lib/emulator';
import { CallHistory } from '../../../lib/emulator/observe/call-history';
import { claimsApp, FixtureApp, policy, tool } from '../fixture';
import { openBrowser, type Watched } from './browser';

const TOOLS = 1_000;
const CALLS = 10_000;

const app = new FixtureApp();
const history = new CallHistory();
let emulator: Emulator;
let watched: Watched;
let page: Page;

/** A call as the emulator remembers it, each third by itself beside two messages of the protocol. */
function add(number: number): void {
  const isCall = number % 3 === 0;
  const record = {
    number,
    requestId: `r-${number}`,
    mode: 'ENFORCE' as const,
    time: new Date(number * 1_000).toISOString(),
    method: isCall ? 'tools/call' : 'ping',
    who: `caller-${number % 7}`,
    ...(isCall ? { tool: `Big___tool_${number % TOOLS}`, outcome: 'ALLOW' as const, allowed: true } : {}),
    determining: isCall ? ['all'] : [],
    flips: [],
    status: 200,
    durations: {},
    total: 1,
  };
  history.add(record, { steps: { request: [], response: [] } });
}

beforeAll(async () => {
  const plain = claimsApp(app);
  const names = Array.from({ length: TOOLS }, (_, index) => `tool_${index}`);
  const permit = (name: string) =>
    `permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Big___${name}", resource == ?resource) when { principal.hasTag("username") };`;
  emulator = await app.start({
    ...plain,
    targets: [
      {
        name: 'Big',
        kind: 'lambda',
        tools: names.map((name) => tool(name, { id: { type: 'string' } })),
        function: app.bundle('big', 'export const handler = async () => 1;'),
      },
    ],
    policies: names.map((name) => policy(`may-${name.replace('_', '-')}`, permit(name))),
  });
  for (let number = 1; number <= CALLS; number += 1) add(number);
  watched = await openBrowser();
  page = watched.page;
  // Making ten thousand calls takes longer than all tests of the page: the browser gets them from the same history.
  await page.route('**/emulator/pulse*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...((await answer.json()) as object), last: history.last } });
  });
  await page.route('**/emulator/calls*', async (route) => {
    const asked = Object.fromEntries(new URL(route.request().url()).searchParams);
    const { after, before, limit, text } = asked;
    const number = (value: string | undefined) => (value === undefined ? {} : Number(value));
    const query = { after: number(after), before: number(before), limit: number(limit) };
    const known = Object.fromEntries(Object.entries(query).filter(([, value]) => typeof value === 'number'));
    await route.fulfill({ json: history.list({ ...known, text: text ?? '' }) });
  });
  await page.goto(emulator.url);
});

afterAll(async () => {
  await watched?.browser.close();
  await emulator?.stop();
  app.remove();
});

const elements = (): Promise<number> => page.evaluate('document.querySelectorAll("*").length');
const first = () => page.locator('.calls time').first().innerText();

it('holds a page of ten thousand calls in the document, whichever it is and however many come', async () => {
  await page.locator('.call').first().waitFor();
  expect(await page.locator('.call').count()).toBeLessThanOrEqual(100);
  const few = await elements();
  const newest = await first();
  await page.getByRole('button', { name: 'Older calls' }).click();
  await expect.poll(first).not.toBe(newest);
  await page.getByRole('button', { name: 'Newest calls' }).click();
  await expect.poll(first).toBe(newest);
  for (let number = CALLS + 1; number <= CALLS + 900; number += 1) add(number);
  await expect.poll(first).toBe(new Date((CALLS + 899) * 1_000).toISOString().slice(11, 19));
  expect(await page.locator('.calls > *').count()).toBeLessThanOrEqual(100);
  expect((await elements()) / few).toBeLessThan(2);
});

it('asks for no more than it shows: of a thousand tools and policies a page each', async () => {
  const sizes = new Map<string, number>();
  const measured: Promise<unknown>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const body = response.body().then(({ length }) => sizes.set(pathname, length));
    // The page goes on asking for calls while it is closed.
    measured.push(body.catch(() => undefined));
  });
  await page.goto(`${emulator.url}/#access`);
  await expect.poll(() => page.locator('.bar [role=status]').first().innerText()).toBe('1 to 25 of 1000');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('26 to 50 of 1000').waitFor();
  expect(await page.locator('.matrix tbody tr').count()).toBe(25);
  await page.goto(`${emulator.url}/#policies`);
  await page.getByText('1 to 50 of 1000').waitFor();
  expect(await page.locator('.policy').count()).toBe(50);
  await page.goto(`${emulator.url}/#try`);
  await page.locator('.field').first().waitFor();
  // Each tool once, as an option.
  expect(await elements()).toBeLessThan(TOOLS + 3_000);
  await Promise.all(measured);
  expect(sizes.get('/emulator/access')).toBeLessThan(20_000);
  expect(sizes.get('/emulator/policies')).toBeLessThan(60_000);
  expect(watched.problems).toEqual([]);
});
