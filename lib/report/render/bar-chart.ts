import type { Block } from './block';
import { escapeHtml } from './escape-html';

type Bars = Extract<Block, { kind: 'bars' }>;

const HEIGHT = 140;
const WIDTH = 800;

/** Bars side by side in one drawing, with the numbers of each as its title and in a table for those who do not see it. */
export function barChart({ series, rows }: Bars): string {
  const sums = rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const most = Math.max(1, ...sums);
  const step = WIDTH / Math.max(1, rows.length);
  const bars = rows.map(({ label, values }, index) => {
    const title = `${label}: ${series.map((name, at) => `${values[at] ?? 0} ${name}`).join(', ')}`;
    let bottom = HEIGHT;
    const parts = values.map((value, at) => {
      const height = (HEIGHT * value) / most;
      bottom -= height;
      return height === 0
        ? ''
        : `<rect class="${classOf(series[at])}" x="${fixed(index * step + step * 0.1)}" y="${fixed(bottom)}" width="${fixed(Math.min(step * 0.8, 60))}" height="${fixed(height)}"/>`;
    });
    return `<g><title>${escapeHtml(title)}</title>${parts.join('')}</g>`;
  });
  const legend = series.map((name) => `<li class="${classOf(name)}">${escapeHtml(name)}</li>`).join('');
  const [first, last] = [rows[0]?.label ?? '', rows.at(-1)?.label ?? ''];
  return `<figure class="bars">
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="calls by day and outcome, at most ${most} a day">${bars.join('')}</svg>
<figcaption><span>${escapeHtml(first)}</span><ul>${legend}</ul><span>${escapeHtml(last === first ? '' : last)}</span></figcaption>
</figure>`;
}

/** Series are names of ours, such as `would be denied`. */
function classOf(name = ''): string {
  return name.replaceAll(/[^a-z]+/g, '-');
}

function fixed(value: number): string {
  return value.toFixed(1);
}
