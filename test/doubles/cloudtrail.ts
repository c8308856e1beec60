/** An event as the event history keeps it. */
export interface DoubleTrailEvent {
  readonly EventName: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly Username?: string;
  readonly EventSource?: string;
  /** The record; a text that is no JSON stands for one that was lost. */
  readonly record: object | string;
}

/** CloudTrail behind HTTP, in its JSON protocol, as far as LookupEvents goes: paged, throttled, slow, denied. The last event comes first. */
export class CloudTrailDouble {
  events: DoubleTrailEvent[] = [];
  pageSize = 2;
  /** How many requests are refused before one is answered. */
  throttles = 0;
  /** Requests of one operation that is not allowed. */
  denied: string | undefined;
  /** Milliseconds before each answer. */
  latency = 0;
  /** Told of each request, by the name that is looked up. */
  onRequest: (name: string) => void = () => undefined;
  readonly lookups: string[] = [];

  async answer(target: string, text: string): Promise<{ readonly status: number; readonly body: object }> {
    if (!target.endsWith('.LookupEvents')) return failed('UnknownOperationException', target);
    const { LookupAttributes, StartTime, NextToken, MaxResults } = JSON.parse(text) as {
      LookupAttributes: { AttributeKey: string; AttributeValue: string }[];
      StartTime: number;
      NextToken?: string;
      MaxResults: number;
    };
    const [attribute, ...others] = LookupAttributes;
    if (attribute === undefined || others.length > 0 || MaxResults > 50)
      return failed('InvalidLookupAttributesException', 'one attribute, and at most 50 results');
    this.lookups.push(attribute.AttributeValue);
    this.onRequest(attribute.AttributeValue);
    if (this.latency > 0) await new Promise((done) => setTimeout(done, this.latency));
    if (this.throttles > 0) {
      this.throttles -= 1;
      return failed('ThrottlingException', 'Rate exceeded');
    }
    if (attribute.AttributeValue === this.denied) return failed('AccessDeniedException', 'not authorized');
    const found = this.events
      .filter(({ EventName, time }) => EventName === attribute.AttributeValue && time >= StartTime * 1_000)
      .toSorted((one, other) => other.time - one.time);
    const from = Number(NextToken ?? '0');
    const to = from + this.pageSize;
    const Events = found.slice(from, to).map(({ record, time, ...event }) => ({
      ...event,
      EventId: `${event.EventName}-${time}`,
      EventTime: time / 1_000,
      ReadOnly: 'false',
      CloudTrailEvent: typeof record === 'string' ? record : JSON.stringify(record),
    }));
    return { status: 200, body: { Events, ...(to < found.length ? { NextToken: String(to) } : {}) } };
  }
}

function failed(type: string, message: string): { readonly status: number; readonly body: object } {
  return { status: 400, body: { __type: type, message } };
}
