import { METRIC_SERIES } from '../../../../lib/constructs/metrics/metric-series';

type Dimensions = { readonly [name: string]: string };

export interface Series {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
  readonly values: number[];
}

/** Metrics as CloudWatch keeps them: one event counts in a series for every set of dimensions that the service publishes. */
export class MetricStore {
  readonly series = new Map<string, Series>();

  /** Publishes one event of a metric in all of its sets. */
  publish(
    namespace: string,
    metricName: string,
    operation: string | undefined,
    dimensions: Dimensions,
    value = 1,
  ): void {
    const all = METRIC_SERIES.filter((series) => series.metricName === metricName);
    const sets = all
      .filter((series) => series.operation === undefined || series.operation === operation)
      .flatMap(({ dimensionSets }) => dimensionSets);
    for (const set of sets) {
      if (!set.every((name) => name in dimensions)) continue;
      this.add(namespace, metricName, Object.fromEntries(set.map((name) => [name, dimensions[name] as string])), value);
    }
  }

  /** Adds a value to one series. */
  add(namespace: string, metricName: string, dimensions: Dimensions, value: number): void {
    const key = keyOf(namespace, metricName, dimensions);
    const series = this.series.get(key) ?? { namespace, metricName, dimensions, values: [] };
    series.values.push(value);
    this.series.set(key, series);
  }

  get(namespace: string, metricName: string, dimensions: Dimensions): Series | undefined {
    return this.series.get(keyOf(namespace, metricName, dimensions));
  }

  /** The series of a SEARCH expression: exactly the dimensions of its schema, and a whole value for each quoted term. */
  search(expression: string): Series[] {
    const [, schema = '', terms = ''] = /^SEARCH\('\{([^}]+)\} (.*)', '\w+', \d+\)$/.exec(expression) ?? [];
    const [namespace = '', ...names] = schema.split(',');
    const wanted = [...terms.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value] as const);
    if (wanted.length === 0) throw new Error(`not a search: ${expression}`);
    return [...this.series.values()].filter(
      (series) =>
        series.namespace === namespace &&
        Object.keys(series.dimensions).toSorted().join() === names.toSorted().join() &&
        wanted.every(
          ([name, value]) => (name === 'MetricName' ? series.metricName : series.dimensions[name]) === value,
        ),
    );
  }
}

function keyOf(namespace: string, metricName: string, dimensions: Dimensions): string {
  return JSON.stringify([namespace, metricName, Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}
