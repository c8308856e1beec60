import { GovernanceError } from './governance-error';

/** The oldest Node.js that this library runs on, as `engines` of its package says. */
export const OLDEST_NODE = '20.19.0';

/** Throws `NODE_TOO_OLD` where an older Node.js would fail somewhere, with an error about something else. */
export function checkNodeVersion(version: string = process.versions.node): void {
  const numbers = (text: string): number[] => text.split('.').map(Number);
  const oldest = numbers(OLDEST_NODE);
  const differs = numbers(version).findIndex((part, index) => part !== oldest[index]);
  const isOlder = differs >= 0 && (numbers(version)[differs] ?? 0) < (oldest[differs] ?? 0);
  if (isOlder) throw GovernanceError.of('NODE_TOO_OLD', { version, min: OLDEST_NODE });
}
