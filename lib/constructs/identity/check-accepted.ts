import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';

/** Whether there is anything that a token must have, and no list that nothing can match. */
export function checkAccepted(
  factory: string,
  lists: { readonly [option: string]: readonly unknown[] | undefined },
): Diagnostic[] {
  const given = Object.entries(lists).filter(([, list]) => list !== undefined);
  if (given.length === 0) return [diagnostic('IDENTITY_ACCEPTS_ANY_TOKEN', { factory })];
  return given
    .filter(([, list]) => list?.length === 0)
    .map(([option]) => diagnostic('IDENTITY_LIST_EMPTY', { option }));
}
