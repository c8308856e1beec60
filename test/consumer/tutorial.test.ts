import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../chromium';
import { type Block, blocksOf, words } from '../docs/page';
import { ROOT } from '../house/source-files';
import { ConsumerProject } from './consumer-project';
import { NewProject, timeless } from './new-project';

let home: ConsumerProject;
let project: NewProject;
let url: string;

beforeAll(() => {
  home = new ConsumerProject();
});
afterAll(async () => {
  await project?.stop();
  home.remove();
});

/** Commands of a block, each with its exit code and what the page shows of its output. */
function commandsOf(text: string): { line: string; code: number; shown: string }[] {
  return text.split(/^\$ /m).flatMap((part) => {
    const [line = '', ...rest] = part.split('\n');
    const code = /^# exit code (\d)$/.exec(rest[0] ?? '')?.[1];
    const shown = rest.slice(code === undefined ? 0 : 1).join('\n');
    return line === '' ? [] : [{ line, code: Number(code ?? 0), shown: shown.trimEnd() }];
  });
}

/** What a reader types. The emulator takes any free port here, which other commands are told. */
async function type(line: string): Promise<{ code: number | null; printed: string }> {
  const done = { code: 0, printed: '' };
  if (line.startsWith('npx governed-gateway init') || line === 'cd my-tools') return done;
  if (line === 'npm run emulate') {
    const synth = await project.run('npm', 'run', 'synth');
    url = await project.emulate();
    return { ...synth, printed: '' };
  }
  const [, , command = '', ...args] = words(line);
  if (command === 'emulate') {
    url = await project.emulate(...args);
    return done;
  }
  return project.command(command, ...args, ...(command === 'call' ? ['--url', url] : []));
}

/** What a reader writes into a file: the whole of it, or lines in place of others. */
async function write({ language, file = '', text }: Block): Promise<void> {
  const path = join('my-tools', file);
  if (language === 'diff') {
    const lines = (sign: string) => text.split('\n').flatMap((line) => (line.startsWith(sign) ? line.slice(1) : []));
    const before = home.read(path);
    const after = before.replace(lines('-').join('\n'), lines('+').join('\n'));
    expect(after).not.toBe(before);
    home.write(path, after);
    return;
  }
  home.write(path, text);
  if (file.endsWith('.cedar')) await project.logged(/reloaded policies/);
}

/** The picture of the page, at the point of the story where it stands. `PICTURES=1` writes it. */
async function look(): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 760 } });
    await page.goto(`${url}/`);
    const denied = page.locator('details.call', { hasText: 'notes___write_note' });
    await denied.locator('summary').first().click();
    await denied.getByText('RESPONSE interceptor').first().waitFor();
    if (process.env['PICTURES'] === '1') await page.screenshot({ path: join(ROOT, 'docs/images/tutorial.png') });
  } finally {
    await browser.close();
  }
}

it('docs/tutorial.md happens as it is written', async () => {
  project = new NewProject(home, 'my-tools');
  let looked = false;
  for (const block of blocksOf('tutorial.md')) {
    if (block.file !== undefined) {
      // The page stands before the first file.
      if (!looked) await look();
      looked = true;
      await write(block);
      continue;
    }
    for (const { line, code, shown } of commandsOf(block.text)) {
      const ended = await type(line);
      expect({ line, ...ended }).toMatchObject({ line, code });
      expect(timeless(ended.printed), line).toContain(timeless(shown));
    }
  }
  expect(looked).toBe(true);
});
