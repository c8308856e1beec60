import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { AUTHORIZE_ACTION, type CountedDecisions, METRIC_NAMESPACE } from '../../contract/decision-metrics';
import { GovernanceError } from '../../diagnostics/governance-error';
import { awsClient, type DeployedStack, requiredOutput } from '../deployed-stack';

/** Times that one page is asked for. */
const ATTEMPTS = 8;

/** Seconds that one data point stands for. */
const HOUR = 3_600;

/** Series that the searches of one request answer at most; which ones of more, nobody can tell. */
const MAX_SERIES = 500;

const DECISIONS = { ALLOW: 'AllowDecisions', DENY: 'DenyDecisions' } as const;

/** Dimensions of the series that count a gateway's decisions, and of those that count them by policy, with what their labels say. */
const SERIES = [
  { dimensions: ['OperationName', 'TargetResource', 'Mode'], label: labelBy('Mode') },
  { dimensions: ['OperationName', 'Policy', 'TargetResource', 'Mode'], label: labelBy('Mode', 'Policy') },
];

/** What CloudWatch counted of a gateway's decisions. */
export interface DecisionCounts {
  readonly counts: readonly CountedDecisions[];
  /** Whether a search found as many series as it answers at most, so that counts of policies may be missing. */
  readonly isCut: boolean;
}

/**
 * Counts of a gateway's decisions that CloudWatch keeps without any log delivery, by hour. Searches find series that had data in the last two
 * weeks, so that a policy that decided nothing since then is not in them. Throws `VERIFY_CONTROL_PLANE_FAILED`. Ends early, without an error,
 * when the signal is aborted.
 * Source: Amazon CloudWatch user guide, search expressions and dynamic labels; at most 500 series: CDK reference, SearchExpressionProps
 */
export async function readDecisionCounts(
  stack: DeployedStack,
  { since, until, signal }: { readonly since: Date; readonly until: Date; readonly signal: AbortSignal },
): Promise<DecisionCounts> {
  const gatewayId = requiredOutput(stack, 'GatewayId');
  const { CloudWatchClient, paginateGetMetricData } = await awsClient(
    '@aws-sdk/client-cloudwatch',
    () => import('@aws-sdk/client-cloudwatch'),
  );
  const client = new CloudWatchClient({ maxAttempts: ATTEMPTS });
  const counts: CountedDecisions[] = [];
  let isCut = false;
  try {
    // One search each, so that the series of policies take no room of those of the whole gateway.
    for (const query of queriesOf(gatewayId)) {
      const request = { MetricDataQueries: [query], StartTime: since, EndTime: until };
      let series = 0;
      for await (const page of paginateGetMetricData({ client }, request, { abortSignal: signal }))
        for (const result of page.MetricDataResults ?? []) {
          counts.push(...countsOf(result));
          series += 1;
        }
      isCut ||= series >= MAX_SERIES;
    }
  } catch (error) {
    if (signal.aborted) return { counts, isCut };
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw GovernanceError.of('VERIFY_CONTROL_PLANE_FAILED', { operation: 'GetMetricData', reason });
  }
  return { counts, isCut };
}

function queriesOf(gatewayId: string): { Id: string; Label: string; Expression: string }[] {
  const terms = `OperationName="${AUTHORIZE_ACTION}" TargetResource="${gatewayId}"`;
  return SERIES.flatMap(({ dimensions, label }) =>
    Object.entries(DECISIONS).map(([decision, metric]) => ({
      Id: decision.toLowerCase(),
      Label: label,
      Expression: `SEARCH('{${[METRIC_NAMESPACE, ...dimensions].join(',')}} MetricName="${metric}" ${terms}', 'Sum', ${HOUR})`,
    })),
  );
}

function countsOf({ Id = '', Label = '', Timestamps = [], Values = [] }: MetricDataResult): CountedDecisions[] {
  const [mode = '', policy] = Label.split(' ');
  const decision = Id === 'allow' ? 'ALLOW' : 'DENY';
  const known = { decision, mode, ...(policy !== undefined && { policy }) } as const;
  return Timestamps.map((time, index) => ({ ...known, time: time.toISOString(), count: Values[index] ?? 0 }));
}

/** Labels each series with the values of dimensions, none of which has a space. */
function labelBy(...dimensions: readonly string[]): string {
  return dimensions.map((dimension) => `\${PROP('Dim.${dimension}')}`).join(' ');
}
