/** The answer of an operation; undefined for a thing that is not there. */
export async function unlessMissing(answer: Promise<object>): Promise<object | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
