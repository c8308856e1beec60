import type { JsonObject } from '../../contract/json';
import { type QueryResult, runQuery } from './log-query';
import { BUCKET_MS, type Bucket, type MetricStore, type Series } from './metric-store';
import type { MetricOptions, MetricRow, Widget } from './widgets';

/** A widget with what it shows, as the page draws it. */
export interface DrawnWidget {
  readonly kind: 'text' | 'chart' | 'values' | 'table' | 'unknown';
  readonly title: string;
  /** Columns of 24 and rows, from 1. */
  readonly place: { readonly column: number; readonly row: number; readonly width: number; readonly height: number };
  readonly markdown?: string;
  readonly stacked?: boolean;
  readonly series?: readonly DrawnSeries[];
  readonly table?: QueryResult;
}

export interface DrawnSeries {
  readonly label: string;
  readonly color?: string;
  /** By the series' own statistic, over everything that is shown. */
  readonly total: number;
  /** One for each step of time, oldest first. */
  readonly values: readonly number[];
}

/** Points of a line at most. */
const POINTS = 60;

/** What a dashboard shows from one time to another, in milliseconds. */
export function drawWidgets(
  widgets: readonly Widget[],
  metrics: MetricStore,
  lines: readonly JsonObject[],
  { from, to }: { readonly from: number; readonly to: number },
): DrawnWidget[] {
  const step = Math.max(1, Math.ceil((to - from) / BUCKET_MS / POINTS));
  const first = Math.floor(from / BUCKET_MS);
  const steps = Math.floor((Math.floor(to / BUCKET_MS) - first) / step) + 1;
  const draw = (series: Series | undefined, label: string, { stat = 'Average', color }: MetricOptions): DrawnSeries => {
    const parts: Bucket[][] = Array.from({ length: steps }, () => []);
    for (const bucket of series?.buckets ?? []) parts[Math.floor((bucket.index - first) / step)]?.push(bucket);
    return {
      label,
      ...(color === undefined ? {} : { color }),
      total: statistic(parts.flat(), stat),
      values: parts.map((part) => statistic(part, stat)),
    };
  };
  return widgets.map((widget): DrawnWidget => {
    const { type, x, y, width, height, properties } = widget;
    const { title = '', markdown, view, query, metrics: rows, stacked = false } = properties;
    const place = { column: x + 1, row: y + 1, width, height };
    if (type === 'text') return { kind: 'text', title, place, markdown: markdown ?? '' };
    if (type === 'log') {
      const table = runQuery(query ?? '', lines);
      return table === undefined ? { kind: 'unknown', title, place } : { kind: 'table', title, place, table };
    }
    if (type !== 'metric' || rows === undefined) return { kind: 'unknown', title, place };
    const series = rowsOf(rows).flatMap(({ path, options }): DrawnSeries[] => {
      const { expression, label } = options;
      if (expression !== undefined) {
        const found = metrics.search(expression);
        return found.map((one) => draw(one, dynamicLabel(one, label), { ...options, stat: 'Sum' }));
      }
      const [namespace = '', name = '', ...pairs] = path;
      return [draw(metrics.get(namespace, name, dimensionsOf(pairs)), label ?? name, options)];
    });
    return { kind: view === 'singleValue' ? 'values' : 'chart', title, place, stacked, series };
  });
}

/** Rows with what dots repeat. */
function rowsOf(rows: readonly MetricRow[]): { path: readonly string[]; options: MetricOptions }[] {
  let above: string[] = [];
  return rows.map((row) => {
    const options = row.find((part) => typeof part === 'object') ?? {};
    const path = row.filter((part) => typeof part === 'string');
    if (path.length > 0) above = path.map((part, index) => (part === '.' ? (above[index] ?? '') : part));
    return { path: above, options };
  });
}

function dimensionsOf(pairs: readonly string[]): { [name: string]: string } {
  const names = pairs.filter((_, index) => index % 2 === 0);
  return Object.fromEntries(names.map((name, index) => [name, pairs[2 * index + 1] ?? '']));
}

function statistic(buckets: readonly Bucket[], stat: string): number {
  const sum = buckets.reduce((total, bucket) => total + bucket.sum, 0);
  if (stat === 'Sum') return sum;
  const percentile = /^p(\d+(?:\.\d+)?)$/.exec(stat)?.[1];
  if (percentile !== undefined) {
    const samples = buckets.flatMap(({ samples }) => samples).sort((a, b) => a - b);
    return samples[Math.min(samples.length - 1, Math.floor((samples.length * Number(percentile)) / 100))] ?? 0;
  }
  return (
    sum /
    Math.max(
      1,
      buckets.reduce((total, { count }) => total + count, 0),
    )
  );
}

/** Source: Amazon CloudWatch user guide, using dynamic labels. */
function dynamicLabel({ dimensions }: Series, label = ''): string {
  return label.replace(/\$\{PROP\('Dim\.(\w+)'\)\}/g, (_, name: string) => dimensions[name] ?? '');
}
