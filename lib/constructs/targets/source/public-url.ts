import { BlockList, isIP } from 'node:net';

/** Addresses of this machine, of private networks and of links between neighbours. */
const PRIVATE = new BlockList();
const NETWORKS = '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16';
for (const network of NETWORKS.split(' ')) {
  const [address = '', prefix] = network.split('/');
  PRIVATE.addSubnet(address, Number(prefix));
}
PRIVATE.addSubnet('::', 127, 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** HTTPS, and no address inside a network: the gateway blocks requests to those. */
export function isPublicUrl(text: string): boolean {
  // In this spelling, as the official L2 wants it too.
  if (!text.startsWith('https://') || !URL.canParse(text) || /[\s<>{}]/.test(text)) return false;
  const { hostname, username } = new URL(text);
  if (username !== '') return false;
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family !== 0) return !PRIVATE.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return host !== 'localhost' && !host.endsWith('.localhost') && !host.endsWith('.internal');
}
