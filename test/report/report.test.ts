import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayReport } from '../../lib/report/gateway-report';
import { htmlPage } from '../../lib/report/render/html';
import { markdownPage } from '../../lib/report/render/markdown';
import { reportPage } from '../../lib/report/report-page';
import { launchChromium } from '../chromium';
import { fullReport, HOSTILE } from './reported';

const SECTIONS = [
  'gateway',
  'mode',
  'policies',
  'access',
  'tests',
  'proofs',
  'decisions',
  'denials',
  'drift',
  'locks',
  'changes',
  'statements',
];

/** Signs that steer a terminal or turn the direction of text; ends of lines and cells are ours. */
const STEERING = /[^\P{Cc}\n\t]|\p{Cf}/u;

/** What is known without AWS and without records. */
function declaredAlone(): GatewayReport {
  const unknown = { known: false, why: 'nobody asked' } as const;
  return { ...fullReport(), decisions: unknown, deployment: unknown, changes: unknown };
}

describe('a report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'governed-gateway-report-'));
  let browser: Browser;
  let page: Page;

  const open = async (report: GatewayReport): Promise<void> => {
    const file = join(folder, 'report.html');
    writeFileSync(file, htmlPage(reportPage(report)));
    await page.goto(`file://${file}`);
  };
  const textOf = async (section: string): Promise<string> => await page.locator(`#${section}`).innerText();

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('shows every section, and what a reader in a hurry has to see', async () => {
    await open(fullReport());
    expect(await page.locator('section').evaluateAll((all) => all.map(({ id }) => id))).toEqual(SECTIONS);
    expect(await page.locator('.marks').innerText()).toMatch(
      /LOG_ONLY\s+Mode\s+1 of 2 failed\s+Policy tests\s+87\.6 %\s+Coverage\s+1 of 2 proved\s+Properties\s+43\s+Calls\s+3\s+Did not pass\s+1\s+Drift\s+1\s+Locks in force/,
    );
    expect(await textOf('mode')).toMatch(/2026-11-28 02:37:00\s+UpdateGateway\s+LOG_ONLY\s+pays invoices\s+accepted/);
    expect(await textOf('policies')).toMatch(
      /cap-pays invoices\s+forbid\s+ACTIVE\s+pays invoices\s+Nobody may call any tool if the argument note is "pays invoices".\s+policies\/cap\.cedar:3/,
    );
    expect(await textOf('policies')).toMatch(
      /guard\s+forbid\s+LOG_ONLY\s+no description\s+Nobody may call any tool\.\s+added by the library/,
    );
    expect(await textOf('access')).toMatch(/Pay___pay\s+yes \(2\)\s+depends on amount \(2\)/);
    expect(await textOf('denials')).toMatch(/3\s+denied\s+.*no policy permits it/s);
    expect(await textOf('changes')).toMatch(/DeletePolicy\s+pays invoices\s+–\s+–\s+AccessDenied/);
    expect(await page.locator('#decisions rect').count()).toBe(4);
    expect(await page.locator('#decisions title').first().textContent()).toBe('2026-11-20: 40 allowed, 3 denied');
  });

  it('says of everything that nobody asked that it is not known, and why', async () => {
    await open(declaredAlone());
    for (const section of ['mode', 'decisions', 'denials', 'drift', 'locks', 'changes'])
      expect([section, await textOf(section)]).toEqual([section, expect.stringMatching(/Not known: .*nobody asked/)]);
    expect(await page.locator('.marks').innerText()).toContain('ENFORCE (declared)');
  });

  it('lets no text be more than text, loads nothing and runs nothing', async () => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await open(fullReport(HOSTILE));
    expect(requests).toHaveLength(1);
    expect(await page.evaluate('window.injected')).toBeUndefined();
    expect(await page.locator('script, img, iframe, link, form, [onerror], [href^="javascript"]').count()).toBe(0);
    expect(await page.locator('body').innerText()).not.toMatch(STEERING);
    expect(await page.locator('#statements pre').first().innerText()).toContain('<script>window.injected=1</script>');
  });

  it('fits a telephone, is dark where the reader is, and is black on white on paper', async () => {
    await open(fullReport(HOSTILE));
    const colors = async (): Promise<unknown> =>
      await page.evaluate(
        '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.documentElement))',
      );
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await colors()).toEqual(['rgb(228, 233, 240)', 'rgb(18, 23, 30)']);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await colors()).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ colorScheme: null, media: null });
  });
});

describe('a report in Markdown', () => {
  it('has the same sections, with decisions by day as a table', () => {
    const text = markdownPage(reportPage(fullReport()));
    expect(text.match(/^## .*$/gm)).toHaveLength(SECTIONS.length);
    expect(text).toContain('| Day | allowed | denied |\n| --- | ---: | ---: |\n| 2026\\-11\\-20 | 40 | 3 |');
    expect(text).toContain('> Not known: log lines have no claims');
  });

  it('lets no text be more than text', () => {
    const text = markdownPage(reportPage(fullReport(HOSTILE)));
    const outside = text.replaceAll(/^(`{3,})cedar\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/[^\\]<|[^\\]\[a\]|^`/m);
    expect(outside).not.toMatch(STEERING);
    // A fence inside a statement ends no block.
    expect(text).toContain('\n````cedar\n');
    const tables = outside.split('\n\n').filter((part) => part.startsWith('|'));
    for (const table of tables)
      expect(new Set(table.split('\n').map((line) => line.split(/(?<!\\)\|/).length)).size).toBe(1);
  });
});
