/** A persona that a deployed gateway cannot be called as. Says why. */
export class CannotSignIn extends Error {
  override readonly name = 'CannotSignIn';
}
