import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../contract/json';
import { type HttpHandler, type HttpReply, jsonReply } from '../http/exchange';
import { isOwnRequest } from '../http/local-requests';
import { PAGE_HEADERS } from '../http/page-headers';
import type { DashboardData } from './dashboard-data';
import { drawWidgets } from './drawn-widgets';
import type { Widget } from './widgets';

/** What the page of the dashboard needs. */
export interface DashboardDependencies {
  readonly data: DashboardData;
  /** The widgets of the app's own dashboard; undefined when it has none. */
  readonly widgets: () => readonly Widget[] | undefined;
  readonly path: () => string;
  readonly clock: () => Date;
}

/** Milliseconds that are shown at least and at most. */
const [LEAST, MOST] = [5 * 60_000, 60 * 60_000];

/** The dashboard at `/dashboard`: the app's own widgets over what this emulator measured. */
export function dashboardRoutes(dependencies: DashboardDependencies): [string, HttpHandler][] {
  return [
    ['GET /dashboard', () => file('dashboard.html', PAGE_HEADERS)],
    ['GET /dashboard.js', () => file('dashboard.js', { 'content-type': 'text/javascript; charset=utf-8' })],
    ['GET /dashboard.css', () => file('dashboard.css', { 'content-type': 'text/css; charset=utf-8' })],
    [
      'GET /emulator/dashboard',
      ({ headers }) =>
        isOwnRequest(headers) ? jsonReply(shown(dependencies)) : jsonReply({ error: 'forbidden' }, 403),
    ],
  ];
}

function shown({ data, widgets, path, clock }: DashboardDependencies): JsonObject {
  const to = clock().getTime();
  const from = to - Math.min(MOST, Math.max(LEAST, to - (data.first ?? to)));
  const found = widgets();
  const drawn = found === undefined ? null : drawWidgets(found, data.metrics, data.lines, { from, to });
  return { path: path(), from, to, widgets: drawn as unknown as JsonObject[] | null };
}

function file(name: string, headers: HttpReply['headers']): HttpReply {
  return {
    status: 200,
    headers: { ...headers, 'cache-control': 'no-cache' },
    body: readFileSync(join(__dirname, name), 'utf8'),
  };
}
