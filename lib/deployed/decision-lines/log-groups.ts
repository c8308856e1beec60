import { GovernanceError } from '../../diagnostics/governance-error';
import { awsClient } from '../deployed-stack';
import type { LogEvent } from './merge-by-time';

/** Times that one page is asked for: the log service allows few requests a second, and says so. */
const ATTEMPTS = 8;

export interface LogGroupQuery {
  readonly name: string;
  /** Filter pattern of the log service. @default - every event */
  readonly pattern: string | undefined;
}

/** The events of log groups since a time, page by page as somebody reads them. A group that does not exist has none, and is told. */
export async function openGroups(
  groups: readonly LogGroupQuery[],
  { since, signal }: { readonly since: Date; readonly signal: AbortSignal },
  onMissing: (name: string) => void,
): Promise<AsyncIterator<LogEvent>[]> {
  const { CloudWatchLogsClient, FilterLogEventsCommand } = await awsClient(
    '@aws-sdk/client-cloudwatch-logs',
    () => import('@aws-sdk/client-cloudwatch-logs'),
  );
  const client = new CloudWatchLogsClient({ maxAttempts: ATTEMPTS });

  async function* eventsOf({ name, pattern }: LogGroupQuery): AsyncGenerator<LogEvent, void> {
    let nextToken: string | undefined;
    do {
      const command = new FilterLogEventsCommand({
        logGroupName: name,
        startTime: since.getTime(),
        ...(pattern === undefined ? {} : { filterPattern: pattern }),
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      try {
        const page = await client.send(command, { abortSignal: signal });
        nextToken = page.nextToken;
        for (const { timestamp = 0, message = '' } of page.events ?? []) yield { timestamp, message };
      } catch (error) {
        if (signal.aborted) return;
        const { name: kind, message } = error as Error;
        if (kind !== 'ResourceNotFoundException')
          throw GovernanceError.of('DECISIONS_UNREADABLE', { group: name, reason: `${kind}: ${message}` });
        onMissing(name);
        return;
      }
    } while (nextToken !== undefined);
  }
  return groups.map(eventsOf);
}
