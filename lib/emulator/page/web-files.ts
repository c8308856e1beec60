import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpReply, HttpRequest } from '../http/exchange';
import { PAGE_HEADERS } from '../http/page-headers';

const FOLDER = join(__dirname, 'web');

const TYPES: { readonly [ending: string]: string } = { mjs: 'text/javascript', css: 'text/css' };

/** The page itself. */
export function indexFile(): HttpReply {
  return file('index.html', PAGE_HEADERS);
}

/** A style sheet or module of the page. No other file has such a name. */
export function webFile({ url }: HttpRequest): HttpReply {
  const [, name = '', ending = ''] = /^\/page\/([a-z-]+\.(mjs|css))$/.exec(url.pathname) ?? [];
  const type = TYPES[ending];
  if (type === undefined || !existsSync(join(FOLDER, name))) return { status: 404 };
  return file(name, { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' });
}

function file(name: string, headers: HttpReply['headers']): HttpReply {
  return {
    status: 200,
    headers: { ...headers, 'cache-control': 'no-cache' },
    body: readFileSync(join(FOLDER, name), 'utf8'),
  };
}
