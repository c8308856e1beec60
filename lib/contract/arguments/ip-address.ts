import { isIPv4, isIPv6 } from 'node:net';

const BITS = { v4: 32, v6: 128 } as const;

/**
 * The text of a Cedar address for an address of RFC 791 or RFC 4291, with or without the length of a network's prefix (RFC 4632). As the
 * official generator has it, an IPv4 address that is mapped into IPv6 is the IPv4 address. Undefined for any other text, and for an
 * address with a zone.
 */
export function ipText(written: string): string | undefined {
  const [address = '', prefix, ...others] = written.split('/');
  const plain = addressText(address);
  if (plain === undefined || others.length > 0) return undefined;
  if (prefix === undefined) return plain;
  const bits = isIPv4(plain) ? BITS.v4 : BITS.v6;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? `${plain}/${Number(prefix)}` : undefined;
}

function addressText(written: string): string | undefined {
  if (isIPv4(written)) return written;
  if (!isIPv6(written) || written.includes('%')) return undefined;
  const canonical = new URL(`http://[${written}]/`).hostname.slice(1, -1);
  return mapped(canonical) ?? canonical;
}

/** The IPv4 address in `::ffff:a00:1`. */
function mapped(canonical: string): string | undefined {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return undefined;
  return [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff]).join('.');
}
