/** A value with its past, so that reads can be older than writes. */
export class Timeline<T> {
  private readonly versions: { readonly at: number; readonly value: T | undefined }[] = [];

  /** The value as writes see it. */
  get current(): T | undefined {
    return this.versions.at(-1)?.value;
  }

  set(at: number, value: T | undefined): void {
    this.versions.push({ at, value });
  }

  /** The value as a read sees it that is as old as the given time. */
  asOf(time: number): T | undefined {
    return this.versions.findLast(({ at }) => at <= time)?.value;
  }
}
