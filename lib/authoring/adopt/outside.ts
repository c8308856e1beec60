/** Why a target cannot be said in the stack. Thrown while it is expressed, caught where it is listed. */
export class Outside extends Error {
  /** @param instead what its owner may do about it, as a sentence begins */
  constructor(
    reason: string,
    readonly instead: string,
  ) {
    super(reason);
  }
}
