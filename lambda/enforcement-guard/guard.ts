import { type Difference, isDrift } from '../../lib/contract/drift/difference';
import { differenceText } from '../../lib/contract/drift/shown-value';
import { OPERATIONS_DIMENSIONS, OPERATIONS_METRICS, OPERATIONS_NAMESPACE } from '../../lib/contract/operations-metrics';
import type { GuardEdges } from './edges';
import { look } from './look';
import { repair } from './repair';

/** What a run of the guard came to. */
export interface Verdict {
  /** `deploying`: the stack is being changed, and nothing was looked at. */
  readonly state: 'deploying' | 'as declared' | 'changed' | 'repaired';
  /** What is not as declared, in words; before the repair. */
  readonly differences: readonly string[];
  /** What is still not as declared. */
  readonly left: readonly string[];
}

/** Differences of a notice. More of them say no more. */
const MAX_TOLD = 20;

/** Compares the gateway with its declaration, counts what differs, tells people, and puts back what it may. Throws when it cannot read. */
export async function guard(edges: GuardEdges): Promise<Verdict> {
  const sight = await look(edges);
  if (sight === undefined) return { state: 'deploying', differences: [], left: [] };
  const drift = sight.differences.filter(isDrift);
  count(edges, drift.length);
  if (drift.length === 0) return { state: 'as declared', differences: [], left: [] };
  const changed = edges.watched.repairs ? await repair(edges, sight) : [];
  const after = changed.length === 0 ? drift : ((await look(edges))?.differences.filter(isDrift) ?? drift);
  const verdict: Verdict = {
    state: changed.length === 0 ? 'changed' : 'repaired',
    differences: texts(drift),
    left: texts(after),
  };
  edges.write({
    level: 'WARN',
    message: 'the gateway is not as declared',
    gateway: edges.watched.gatewayName,
    ...verdict,
  });
  await edges.tell(`${edges.watched.gatewayName}: enforcement changed`, noticeText(edges, verdict));
  return verdict;
}

function texts(differences: readonly Difference[]): string[] {
  const told = differences.slice(0, MAX_TOLD).map(differenceText);
  const more = differences.length - told.length;
  return more > 0 ? [...told, `and ${more} more`] : told;
}

function noticeText({ watched }: GuardEdges, { differences, left }: Verdict): string {
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
  const rest = left.length === 0 ? 'Everything was put back.' : `Still not as declared:\n${list(left)}`;
  return [
    `Gateway ${watched.gatewayName} was changed, and no deployment did it:\n${list(differences)}`,
    watched.repairs ? rest : '',
    'Find out who did it in CloudTrail, deploy the stack again, then run `governed-gateway verify --control-plane`.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Publishes the metric, in the embedded metric format: CloudWatch takes it from the log. */
function count({ write, now, watched }: GuardEdges, changes: number): void {
  const { gateway } = OPERATIONS_DIMENSIONS;
  const name = OPERATIONS_METRICS.enforcementChanged;
  const directive = {
    Namespace: OPERATIONS_NAMESPACE,
    Dimensions: [[gateway]],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  write({
    _aws: { Timestamp: now(), CloudWatchMetrics: [directive] },
    [gateway]: watched.gatewayName,
    [name]: changes,
  });
}
