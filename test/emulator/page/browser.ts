import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

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
  // The sandbox of the browser needs rights that CI's root has not.
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
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

/** What somebody sees at both widths, in both colour schemes, as pictures in the folder that `SCREENSHOTS` names; whether it fits the phone. */
export async function looked(page: Page, name: string): Promise<boolean> {
  const folder = process.env['SCREENSHOTS'];
  const shoot = async (kind: string): Promise<void> => {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${kind}.png`), fullPage: true });
  };
  await shoot('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot('dark');
  await page.setViewportSize(PHONE);
  const fit = await fits(page);
  await shoot('phone-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot('phone');
  await page.setViewportSize(WIDE);
  return fit;
}
