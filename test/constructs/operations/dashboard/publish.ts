import { METRIC_SERIES } from '../../../../lib/constructs/metrics/metric-series';
import type { MetricStore } from '../../../../lib/emulator/dashboard/metric-store';

/** Publishes one event of a metric as CloudWatch keeps it: in a series for every set of dimensions that the service publishes. */
export function publish(
  store: MetricStore,
  time: number,
  namespace: string,
  metricName: string,
  operation: string | undefined,
  dimensions: { readonly [name: string]: string },
  value = 1,
): void {
  const sets = METRIC_SERIES.filter((series) => series.metricName === metricName)
    .filter((series) => series.operation === undefined || series.operation === operation)
    .flatMap(({ dimensionSets }) => dimensionSets);
  for (const set of sets) {
    if (!set.every((name) => name in dimensions)) continue;
    const own = Object.fromEntries(set.map((name) => [name, dimensions[name] as string]));
    store.add(namespace, metricName, own, value, time);
  }
}
