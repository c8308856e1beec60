import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../chromium';

/** A page that notes what goes wrong in it. */
export interface Watched {
  readonly browser: Browser;
  readonly page: Page;
  /** Errors of scripts, and of the console. */
  readonly problems: string[];
}

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export async function openBrowser(): Promise<Watched> {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: WIDE });
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return { browser, page, problems };
}

/** Whether nothing is wider than the window. */
export async function fits(page: Page): Promise<boolean> {
  return await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
}

/** What axe-core finds fault with: rule, and the places where it is broken. */
async function faults(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** What is wrong with how a view looks: at both widths, in both colour schemes, and to those who do not see it. Pictures go to the folder that `SCREENSHOTS` names. */
export async function flaws(page: Page, name: string): Promise<string[]> {
  const folder = process.env['SCREENSHOTS'];
  const shoot = async (kind: string, fullPage = true): Promise<void> => {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${kind}.png`), fullPage });
  };
  const light = await faults(page);
  await shoot('light');
  await shoot('window', false);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot('dark');
  await page.setViewportSize(PHONE);
  const found = [
    ...light,
    ...(await faults(page, ['color-contrast'])),
    ...((await fits(page)) ? [] : ['wider than a phone']),
  ];
  await shoot('phone-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot('phone');
  await page.setViewportSize(WIDE);
  return found;
}
