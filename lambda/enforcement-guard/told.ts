interface LogQuery {
  readonly logGroupName: string | undefined;
  readonly startTime: number;
  readonly filterPattern: string;
  readonly nextToken?: string | undefined;
}

interface LogPage {
  readonly events?: readonly object[] | undefined;
  readonly nextToken?: string | undefined;
}

/** Pages that are looked at. A day of the guard's own log has a few. */
const MAX_PAGES = 20;

/**
 * Whether the guard's own log says that people were told of this since a time. The log is all the memory that the guard needs. Where it cannot
 * be read, nobody was told.
 */
export async function toldInLog(
  read: (query: LogQuery) => Promise<LogPage>,
  fingerprint: string,
  startTime: number,
  write: (line: object) => void,
): Promise<boolean> {
  const query = {
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    startTime,
    filterPattern: `{ $.told = "${fingerprint}" }`,
  };
  try {
    let nextToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const found = await read({ ...query, ...(nextToken === undefined ? {} : { nextToken }) });
      if ((found.events ?? []).length > 0) return true;
      nextToken = found.nextToken;
      if (nextToken === undefined) return false;
    }
  } catch (error) {
    write({
      level: 'WARN',
      message: 'the own log cannot be read',
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
  return false;
}
