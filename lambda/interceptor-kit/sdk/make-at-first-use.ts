/** Something that is made when it is first asked for: an SDK client, which a chain without its step must not pay for. A failure is not kept. */
export function makeAtFirstUse<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
