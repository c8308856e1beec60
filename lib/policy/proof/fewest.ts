/**
 * As few things as still hold together, the last ones of those that could do. The whole must hold.
 * Leaves out one after the other whatever is not needed, and where one was not, as many more at once as went before: a thousand things of which
 * one is needed are asked about some twenty times.
 */
export function fewest<T>(all: readonly T[], holds: (some: readonly T[]) => boolean): readonly T[] {
  let kept = all;
  let needed = 0;
  let count = 1;
  while (needed < kept.length) {
    const others = [...kept.slice(0, needed), ...kept.slice(needed + count)];
    if (holds(others)) {
      kept = others;
      count *= 2;
    } else if (count > 1) count /= 2;
    else needed += 1;
  }
  return kept;
}
