/** Copies of this library in one app, such as that of a platform team's package, have to see each other's marks. */
const GOVERNED = Symbol.for('governed-gateway.governed');

/** Marks a construct that a governed gateway made, where others of its kind would be outside of every baseline. */
export function markGoverned(made: object): void {
  Object.defineProperty(made, GOVERNED, { value: true });
}

/** Whether a governed gateway made a construct. */
export function isGoverned(made: object): boolean {
  return GOVERNED in made;
}
