import { localStack } from '../../contract/drift/local-stack';
import { propertyResolver, type Template } from '../../contract/drift/stack';
import { isJsonObject, type JsonObject } from '../../contract/json';
import { LOCAL_ENGINE_ID, LOCAL_GATEWAY_ID } from '../../contract/local-arn';
import type { GatewayManifest } from '../../contract/manifest';

/** A row of a chart: namespace, name, dimensions and their values, and options at the end. A dot repeats what stands above. */
export type MetricRow = readonly (string | MetricOptions)[];

export interface MetricOptions {
  readonly label?: string;
  readonly expression?: string;
  readonly stat?: string;
  readonly color?: string;
}

/** A widget, as far as it is drawn. Source: Amazon CloudWatch API reference, dashboard body structure and syntax. */
export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly markdown?: string;
    readonly title?: string;
    readonly view?: string;
    readonly stacked?: boolean;
    readonly query?: string;
    readonly metrics?: readonly MetricRow[];
  };
}

/** The widgets of the dashboard that a template makes for the gateway; undefined when it makes none. */
export function widgetsOf(
  template: Template | undefined,
  manifest: Pick<GatewayManifest, 'stackName' | 'gateway' | 'outputs'>,
): readonly Widget[] | undefined {
  if (template === undefined) return undefined;
  const resolve = propertyResolver(template, localStack(template, manifest), LOCAL_ENGINE_ID);
  const bodies = Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard')
    .map(({ Properties }) => resolve(Properties?.['DashboardBody'] ?? null))
    .filter((body) => typeof body === 'string');
  const own = bodies.find((body) => body.includes(LOCAL_GATEWAY_ID));
  if (own === undefined) return undefined;
  const { widgets } = JSON.parse(own) as JsonObject;
  return Array.isArray(widgets) ? (widgets.filter(isJsonObject) as unknown as Widget[]) : undefined;
}
