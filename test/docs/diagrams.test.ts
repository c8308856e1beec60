import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../chromium';
import { ROOT, read } from '../house/source-files';

/** CSS pixels of a page's column on GitHub. */
const COLUMN = 840;

interface Diagram {
  readonly page: string;
  readonly text: string;
}

const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)];
const DIAGRAMS: Diagram[] = PAGES.filter((name) => name.endsWith('.md')).flatMap((page) =>
  [...read(page).matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({ page, text })),
);

describe('diagrams', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: COLUMN, height: 600 } });
    await page.addScriptTag({ path: createRequire(__filename).resolve('@mermaid-js/tiny') });
    await page.evaluate('mermaid.initialize({ startOnLoad: false })');
  });
  afterAll(() => browser?.close());

  /** Draws a diagram alone on the page. @returns CSS pixels: width of the diagram, height of its smallest line of text */
  async function draw(text: string): Promise<{ width: number; line: number }> {
    await page.evaluate(`mermaid.render('diagram', ${JSON.stringify(text)}).then(({ svg }) => {
      document.body.style.margin = 0;
      document.body.innerHTML = svg;
    })`);
    const labels = await page.locator('svg :is(foreignObject span, text)').filter({ hasText: /\S/ }).all();
    const boxes = await Promise.all([page.locator('svg'), ...labels].map((shape) => shape.boundingBox()));
    const [drawing, ...lines] = boxes.flatMap((box) => box ?? []);
    return { width: drawing?.width ?? 0, line: Math.min(...lines.map(({ height }) => height)) };
  }

  it('are there for the way of a call, the order of a deployment, the way to ENFORCE and trusted context', () => {
    expect(DIAGRAMS.map(({ page }) => page).toSorted()).toEqual([
      'README.md',
      'docs/interceptors.md',
      'docs/operations.md',
      'docs/operations.md',
    ]);
  });

  it('are drawn in the width of a page, with text that can be read', async () => {
    for (const [index, diagram] of DIAGRAMS.entries()) {
      const { width, line } = await draw(diagram.text);
      if (process.env['PICTURES'] !== undefined)
        await page.screenshot({ path: join(process.env['PICTURES'], `diagram-${index}.png`) });
      expect(width, diagram.page).toBeLessThanOrEqual(COLUMN);
      expect(line, diagram.page).toBeGreaterThanOrEqual(9);
    }
  });

  it('would not pass with a mistake', async () => {
    await expect(draw('flowchart LR\n  a --> ')).rejects.toThrow(/Parse error/);
  });
});
