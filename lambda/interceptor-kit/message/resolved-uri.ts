import { hasUnseen } from './known-names';

/** RFC 3986, appendix B. */
const PARTS = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s;

/** Characters that stand for themselves, encoded or not. RFC 3986, section 2.3. */
const UNRESERVED = /^[\w.~-]$/;

/**
 * An address as its readers resolve it: by the WHATWG URL standard, by RFC 3986, and by RFC 3986 after everything was decoded. Undefined for
 * one that some reader takes elsewhere in a way of its own: with characters that nobody sees, backslashes, encoded twice, or with
 * parameters behind dots (`..;`).
 */
export function readingsOf(uri: string): readonly string[] | undefined {
  const decoded = decode(uri);
  if (
    decoded === undefined ||
    [uri, decoded].some((text) => hasUnseen(text) || /[\\%]/.test(text.replace(/%[0-9a-f]{2}/gi, '')))
  ) {
    return undefined;
  }
  if (decoded.includes('%') || decoded.split(/[/?#]/).some((segment) => /^\.{1,2}[;\s]/.test(segment)))
    return undefined;
  return [whatwg(uri), rfc3986(uri), rfc3986(decoded)];
}

function decode(uri: string): string | undefined {
  try {
    return decodeURIComponent(uri);
  } catch {
    return undefined;
  }
}

/** The URI as WHATWG resolves it; one that is no URL for WHATWG stays as it is: then nobody resolves it so. */
function whatwg(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).href : uri;
}

function rfc3986(uri: string): string {
  const [, scheme, authority, path = '', query = '', fragment = ''] = PARTS.exec(uri) ?? [];
  const start = `${scheme === undefined ? '' : `${scheme.toLowerCase()}:`}${authority === undefined ? '' : `//${authority.toLowerCase()}`}`;
  return `${start}${withoutDots(plain(path))}${query}${fragment}`;
}

function plain(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (text, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(character) ? character : text.toUpperCase();
  });
}

/** RFC 3986, section 5.2.4. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1 || (kept.length === 1 && kept[0] !== '')) kept.pop();
      if (isLast) kept.push('');
    } else if (segment === '.') {
      if (isLast) kept.push('');
    } else kept.push(segment);
  }
  return kept.join('/');
}
