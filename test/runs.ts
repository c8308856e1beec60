/**
 * How many cases a property is tried with: so many in CI, where each commit tries others, and as many times that as `PROPERTY_SCALE` says.
 * `npm run torture` says 20.
 */
export function runs(inCi: number): { readonly numRuns: number } {
  return { numRuns: inCi * Number(process.env['PROPERTY_SCALE'] ?? 1) };
}
