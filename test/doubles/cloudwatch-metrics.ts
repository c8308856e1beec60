/** A series of sums, one for each hour. */
export interface DoubleSeries {
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly points: readonly { readonly time: number; readonly sum: number }[];
}

interface Query {
  readonly Id: string;
  readonly Expression: string;
  readonly Label: string;
}

/** Series that the searches of one request share. */
const MAX_SERIES = 500;

const SEARCH = /^SEARCH\('\{([^}]+)\} (.*)', 'Sum', 3600\)$/;

/** CloudWatch behind HTTP, in its JSON protocol, as far as searches of GetMetricData go: paged, throttled, denied. */
export class CloudWatchMetricsDouble {
  readonly series: DoubleSeries[] = [];
  pageSize = 2;
  /** How many requests are refused before one is answered. */
  throttles = 0;
  isDenied = false;
  requests = 0;
  /** Called before each answer. */
  onRequest = (): void => undefined;

  /** What the service answers to the body of a request. */
  answer(target: string, text: string): { readonly status: number; readonly body: object } {
    this.requests += 1;
    this.onRequest();
    if (!target.endsWith('.GetMetricData')) return failed('UnknownOperationException');
    if (this.isDenied) return failed('AccessDeniedException');
    if (this.throttles > 0) {
      this.throttles -= 1;
      return failed('ThrottlingException');
    }
    const input = JSON.parse(text) as {
      MetricDataQueries: Query[];
      StartTime: number;
      EndTime: number;
      NextToken?: string;
    };
    const found = input.MetricDataQueries.flatMap((query) => this.found(query).map((series) => ({ query, series })));
    const results = found.slice(0, MAX_SERIES).map(({ query, series: { dimensions, points } }) => {
      const inTime = points.filter(({ time }) => time >= input.StartTime * 1000 && time < input.EndTime * 1000);
      return {
        Id: query.Id,
        Label: query.Label.replaceAll(/\$\{PROP\('Dim\.(\w+)'\)\}/g, (_, name: string) => dimensions[name] ?? ''),
        Timestamps: inTime.map(({ time }) => time / 1000),
        Values: inTime.map(({ sum }) => sum),
      };
    });
    const from = Number(input.NextToken ?? '0');
    const to = from + this.pageSize;
    return {
      status: 200,
      body: { MetricDataResults: results.slice(from, to), ...(to < results.length && { NextToken: String(to) }) },
    };
  }

  /** The series with exactly the dimensions of a search, and its values. */
  private found({ Expression }: Query): DoubleSeries[] {
    const [, schema = '', terms = ''] = SEARCH.exec(Expression) ?? [];
    const [namespace, ...names] = schema.split(',');
    const wanted = [...terms.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value] as const);
    if (namespace !== 'AWS/Bedrock-AgentCore' || wanted.length === 0) return [];
    return this.series.filter(
      ({ metric, dimensions }) =>
        Object.keys(dimensions).sort().join() === names.toSorted().join() &&
        wanted.every(([name, value]) => (name === 'MetricName' ? metric : dimensions[name]) === value),
    );
  }
}

function failed(type: string): { readonly status: number; readonly body: object } {
  return { status: 400, body: { __type: type, message: 'no metrics for you' } };
}
