/** Why a question was left undecided. */
export class Undecidable extends Error {}

/** What one question may cost. Steps are counted instead of time, so that an answer never depends on the machine. */
export class Steps {
  constructor(private left: number) {}

  /** Throws {@link Undecidable} once more was taken than there is. */
  take(count = 1): void {
    this.left -= count;
    if (this.left < 0) throw new Undecidable('the question takes too many steps');
  }
}
