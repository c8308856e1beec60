import type { Headers } from '../../../lib/contract/interceptor-payload';

const NAME = /^[a-z0-9_-]{1,100}$/;
const VALUE = /^[\x20-\x7e]{0,4096}$/;

/**
 * Headers for the target in lower case. Throws a TypeError for what the gateway would refuse: names and sizes from the developer guide,
 * page gateway-headers.
 */
export function checkedHeaders(headers: Headers | undefined): Headers {
  if (headers === undefined) return {};
  const checked: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!NAME.test(lower) || typeof value !== 'string' || !VALUE.test(value)) throw new TypeError('header not allowed');
    checked[lower] = value;
  }
  return checked;
}
