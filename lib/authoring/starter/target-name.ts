import { TARGET_NAME_PATTERN } from '../../contract/limits';

/** Characters that leave room for the name of a tool in the 64 that models take. */
const LENGTH_MAX = 20;

/** A target's name from what a server or an API calls itself: `example-servers/everything` is `everything`. */
export function targetNameOf(name: string): string {
  const words = (name.split('/').at(-1) ?? '').match(/[A-Za-z0-9]+/g) ?? [];
  const own = words.filter((word) => !/^(?:mcp|servers?|api|the)$/i.test(word));
  const chosen = own.length > 0 ? own : words;
  const short = chosen.join('-').toLowerCase().slice(0, LENGTH_MAX).replace(/-+$/, '');
  return isTargetName(short) ? short : 'tools';
}

export function isTargetName(name: string): boolean {
  return TARGET_NAME_PATTERN.test(name);
}
