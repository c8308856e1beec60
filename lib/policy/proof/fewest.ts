/** As few things as still hold together: leaves out one after the other whatever is not needed. The whole must hold. */
export function fewest<T>(all: readonly T[], holds: (some: readonly T[]) => boolean): readonly T[] {
  let kept = all;
  for (const one of all) {
    const others = kept.filter((other) => other !== one);
    if (holds(others)) kept = others;
  }
  return kept;
}
