import type { MetricStore, Series } from './metric-store';

interface WidgetBody {
  readonly type: 'text' | 'metric' | 'log';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly markdown?: string;
    readonly title?: string;
    readonly view?: string;
    readonly query?: string;
    readonly metrics?: readonly (readonly (
      | string
      | { readonly label?: string; readonly expression?: string; readonly stat?: string }
    )[])[];
  };
}

/** What the tables are filled from: log events by log group. */
export type LogStore = { readonly [logGroup: string]: readonly object[] };

/** The dashboard as a page: charts drawn from the series that the widgets name, tables from the queries that they hold. */
export function dashboardPage(body: string, metrics: MetricStore, logs: LogStore): string {
  const { widgets } = JSON.parse(body) as { widgets: readonly WidgetBody[] };
  const boxes = widgets.map((widget) => {
    const { x, y, width, height } = widget;
    const place = `grid-column:${x + 1}/span ${width};grid-row:${y + 1}/span ${height}`;
    return `<section style="${place}">${contentOf(widget, metrics, logs)}</section>`;
  });
  const style = `body{display:grid;grid-template-columns:repeat(24,1fr);grid-auto-rows:44px;gap:4px;font:13px sans-serif;margin:8px}
    section{border:1px solid #ccc;overflow:auto;padding:4px}h2{font-size:13px;margin:0}svg{width:100%;height:60%}
    polyline{fill:none;stroke-width:2}td,th{text-align:left;padding:0 8px}`;
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><body>${boxes.join('')}</body>`;
}

function contentOf({ type, properties }: WidgetBody, metrics: MetricStore, logs: LogStore): string {
  const title = `<h2>${shown(properties.title ?? '')}</h2>`;
  if (type === 'text')
    return `<div class="text">${shown(properties.markdown ?? '').replace(/^# (.*)\n/, '<h1>$1</h1>')}</div>`;
  if (type === 'log') return title + tableOf(properties.query ?? '', logs);
  const drawn = seriesOf(properties.metrics ?? [], metrics);
  const legend = drawn.map(({ label, value }) => `<li><b>${shown(label)}</b> <output>${value}</output></li>`).join('');
  if (properties.view === 'singleValue') return `${title}<ul>${legend}</ul>`;
  return `${title}<svg viewBox="0 0 100 40" preserveAspectRatio="none">${drawn.map(lineOf).join('')}</svg><ul>${legend}</ul>`;
}

interface Drawn {
  readonly label: string;
  readonly value: number;
  readonly values: readonly number[];
}

/** The series of a widget's rows, in which a dot repeats what stands above. */
function seriesOf(rows: NonNullable<WidgetBody['properties']['metrics']>, metrics: MetricStore): Drawn[] {
  let above: string[] = [];
  return rows.flatMap((row) => {
    const options = row.find((part) => typeof part === 'object');
    if (options?.expression !== undefined) {
      return metrics.search(options.expression).map((series) => draw(series, labelOf(series, options.label), 'Sum'));
    }
    above = row
      .filter((part) => typeof part === 'string')
      .map((part, index) => (part === '.' ? (above[index] ?? '') : part));
    const [namespace = '', metricName = '', ...pairs] = above;
    const dimensions: { [name: string]: string } = {};
    for (let at = 0; at < pairs.length; at += 2) dimensions[pairs[at] ?? ''] = pairs[at + 1] ?? '';
    const series = metrics.get(namespace, metricName, dimensions);
    return [draw(series, options?.label ?? metricName, options?.stat ?? 'Average')];
  });
}

function draw(series: Series | undefined, label: string, statistic: string): Drawn {
  const values = series?.values ?? [];
  const sum = values.reduce((total, value) => total + value, 0);
  return { label, values, value: statistic === 'Sum' ? sum : Math.round(sum / Math.max(1, values.length)) };
}

/** Source: CloudWatch user guide, dynamic labels. */
function labelOf({ dimensions }: Series, label = ''): string {
  return label.replace(/\$\{PROP\('Dim\.(\w+)'\)\}/g, (_, name: string) => dimensions[name] ?? '');
}

function lineOf({ values }: Drawn, index: number): string {
  const max = Math.max(1, ...values);
  const points = values.map((value, at) => `${(at / Math.max(1, values.length - 1)) * 100},${40 - (value / max) * 38}`);
  return `<polyline stroke="hsl(${index * 67},70%,45%)" points="${points.join(' ')}"/>`;
}

/** Runs what the tables use of the query language: fields, filter by equality, sort by time, limit. */
function tableOf(query: string, logs: LogStore): string {
  const [source = '', ...commands] = query.split('\n| ').flatMap((line) => line.split(' | '));
  const [, group = ''] = /^SOURCE '([^']+)'$/.exec(source) ?? [];
  let rows = [...(logs[group] ?? [])];
  let fields: string[] = [];
  for (const command of commands) {
    const [, name, rest = ''] = /^(\w+) (.*)$/.exec(command) ?? [];
    const [, field = '', text = ''] = /^([\w.@]+) = (.*)$/.exec(rest) ?? [];
    if (name === 'fields') fields = rest.split(', ');
    else if (name === 'filter') rows = rows.filter((row) => textOf(row, field) === text.replace(/^"|"$/g, ''));
    else if (name === 'sort') rows.sort((a, b) => (textOf(a, '@timestamp') < textOf(b, '@timestamp') ? 1 : -1));
    else if (name === 'limit') rows = rows.slice(0, Number(rest));
    else throw new Error(`not a query: ${command}`);
  }
  const cells = rows.map(
    (row) => `<tr>${fields.map((field) => `<td>${shown(textOf(row, field))}</td>`).join('')}</tr>`,
  );
  return `<table><tr>${fields.map((field) => `<th>${shown(field)}</th>`).join('')}</tr>${cells.join('')}</table>`;
}

function textOf(row: object, field: string): string {
  let value: unknown = row;
  for (const name of field.split('.')) value = (value as { readonly [name: string]: unknown } | undefined)?.[name];
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function shown(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
