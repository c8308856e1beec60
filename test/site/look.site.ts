import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../chromium';
import { serveSite } from './site';

/** Pages of each kind: start, story, reference with diagrams and tables, module, class. */
const SEEN = [
  'index.html',
  'docs/tutorial.html',
  'docs/operations.html',
  'docs/diagnostics.html',
  'modules/governed-gateway.html',
  'classes/governed-gateway.GovernedGateway.html',
];

describe.each([1280, 390])('at %s pixels', (width) => {
  let browser: Browser;
  let page: Page;
  let site: Awaited<ReturnType<typeof serveSite>>;
  const problems: string[] = [];
  beforeAll(async () => {
    site = await serveSite();
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width, height: 900 } });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => !request.url().startsWith(site.url) && problems.push(request.url()));
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  const open = (file: string) => page.goto(`${site.url}/${file}`);

  it.each(SEEN)('%s fits, and asks nobody else for anything', async (file) => {
    await open(file);
    const pictures = page.locator('.diagram');
    for (let index = 0; index < (await pictures.count()); index++) await pictures.nth(index).locator('svg').waitFor();
    if (process.env['PICTURES'] !== undefined) {
      await page.screenshot({ path: join(process.env['PICTURES'], `${width}-${file.replaceAll('/', '-')}.png`) });
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(problems).toEqual([]);
  });

  it('finds pages and names by what is in them', async () => {
    await open('index.html');
    await page.locator('#tsd-search-trigger').click();
    for (const [typed, found] of [
      ['trusted context', 'docs/interceptors.html'],
      ['GovernedGateway', 'classes/governed-gateway.GovernedGateway.html'],
    ]) {
      await page.locator('#tsd-search-input').fill(typed ?? '');
      await page.locator(`#tsd-search-results a[href*="${found}"]`).first().waitFor();
    }
  });
});
