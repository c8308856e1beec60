/** One Cedar statement that is built in code. */
export class PolicyStatement {
  toCedar(): string {
    return '';
  }
}
