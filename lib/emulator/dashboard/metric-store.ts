/** Milliseconds of a bucket, and how many are kept: an hour. */
export const BUCKET_MS = 10_000;
const BUCKETS = 360;

/** Values of a bucket that are kept for percentiles. */
const SAMPLES = 64;

/** Series at most: clients choose names of tools, and each one would be a series. */
const MAX_SERIES = 5_000;

type Dimensions = { readonly [name: string]: string };

/** Values of one bucket of time. */
export interface Bucket {
  /** Number of the bucket since the epoch. */
  readonly index: number;
  count: number;
  sum: number;
  readonly samples: number[];
}

export interface Series {
  readonly metricName: string;
  readonly namespace: string;
  readonly dimensions: Dimensions;
  readonly buckets: Bucket[];
}

/** Metrics of the last hour as CloudWatch keeps them: a series for every set of dimensions. */
export class MetricStore {
  private readonly series = new Map<string, Series>();

  add(namespace: string, metricName: string, dimensions: Dimensions, value: number, time: number): void {
    const series = this.seriesOf(namespace, metricName, dimensions);
    if (series === undefined) return;
    const index = Math.floor(time / BUCKET_MS);
    let bucket = series.buckets.at(-1);
    if (bucket === undefined || bucket.index < index) {
      bucket = { index, count: 0, sum: 0, samples: [] };
      series.buckets.push(bucket);
      if (series.buckets.length > BUCKETS) series.buckets.shift();
    }
    bucket.count += 1;
    bucket.sum += value;
    if (bucket.samples.length < SAMPLES) bucket.samples.push(value);
  }

  get(namespace: string, metricName: string, dimensions: Dimensions): Series | undefined {
    return this.series.get(keyOf(namespace, metricName, dimensions));
  }

  /** The series of a SEARCH expression as the dashboard has them: exactly the dimensions of its schema, a whole value for each quoted term. */
  search(expression: string): Series[] {
    const [, schema = '', terms = ''] = /^SEARCH\('\{([^}]+)\} (.*)', '\w+', \d+\)$/.exec(expression) ?? [];
    const [namespace = '', ...names] = schema.split(',');
    const wanted = [...terms.matchAll(/(\w+)="([^"]*)"/g)];
    return [...this.series.values()].filter(
      (one) =>
        one.namespace === namespace &&
        Object.keys(one.dimensions).toSorted().join() === names.toSorted().join() &&
        wanted.length > 0 &&
        wanted.every(
          ([, name = '', value]) => (name === 'MetricName' ? one.metricName : one.dimensions[name]) === value,
        ),
    );
  }

  private seriesOf(namespace: string, metricName: string, dimensions: Dimensions): Series | undefined {
    const key = keyOf(namespace, metricName, dimensions);
    const known = this.series.get(key);
    if (known !== undefined || this.series.size >= MAX_SERIES) return known;
    const series = { namespace, metricName, dimensions, buckets: [] };
    this.series.set(key, series);
    return series;
  }
}

function keyOf(namespace: string, metricName: string, dimensions: Dimensions): string {
  const names = Object.keys(dimensions).sort();
  return `${namespace}\n${metricName}\n${names.map((name) => `${name}=${dimensions[name]}`).join('\n')}`;
}
