/** An event as the log service keeps it. */
export interface DoubleLogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** CloudWatch Logs behind HTTP, in its JSON protocol, as far as FilterLogEvents goes: paged, throttled, denied, partly missing. */
export class CloudWatchLogsDouble {
  readonly groups = new Map<string, DoubleLogEvent[]>();
  pageSize = 3;
  /** How many requests are refused before one is answered. */
  throttles = 0;
  /** Group that nobody may read. */
  denied: string | undefined;
  requests = 0;

  /** What the service answers to the body of a request. */
  answer(target: string, text: string): { readonly status: number; readonly body: object } {
    this.requests += 1;
    const input = JSON.parse(text) as {
      logGroupName: string;
      startTime?: number;
      filterPattern?: string;
      nextToken?: string;
    };
    if (!target.endsWith('.FilterLogEvents')) return failed('UnknownOperationException', target);
    if (this.throttles > 0) {
      this.throttles -= 1;
      return failed('ThrottlingException', 'Rate exceeded');
    }
    if (input.logGroupName === this.denied) return failed('AccessDeniedException', 'not authorized');
    const group = this.groups.get(input.logGroupName);
    if (group === undefined) return failed('ResourceNotFoundException', 'The specified log group does not exist.');
    const events = group
      .filter(({ timestamp, message }) => timestamp >= (input.startTime ?? 0) && matches(message, input.filterPattern))
      .toSorted((a, b) => a.timestamp - b.timestamp);
    const from = Number(input.nextToken ?? '0');
    const to = from + this.pageSize;
    // A page may be empty and still not be the last one.
    const isEmptyFirst = input.nextToken === undefined && events.length > 0;
    if (isEmptyFirst) return { status: 200, body: { events: [], nextToken: '0' } };
    return {
      status: 200,
      body: { events: events.slice(from, to), ...(to < events.length ? { nextToken: String(to) } : {}) },
    };
  }
}

/** The two forms of patterns that are asked for: one member of JSON with its number or text, and a term. */
function matches(message: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  const [, name, value] = /^\{ \$\.(\w+) = (\d+|"\w+") \}$/.exec(pattern) ?? [];
  if (name === undefined) return message.includes(pattern.slice(1, -1));
  try {
    return (JSON.parse(message) as Record<string, unknown>)[name] === JSON.parse(value ?? '');
  } catch {
    return false;
  }
}

function failed(type: string, message: string): { readonly status: number; readonly body: object } {
  return { status: 400, body: { __type: type, message } };
}
