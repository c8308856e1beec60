import { createHash } from 'node:crypto';
import { type Difference, isDrift } from '../../lib/contract/drift/difference';
import { differenceText } from '../../lib/contract/drift/shown-value';
import { OPERATIONS_DIMENSIONS, OPERATIONS_METRICS, OPERATIONS_NAMESPACE } from '../../lib/contract/operations-metrics';
import type { GuardEdges } from './edges';
import { look } from './look';
import { noticeOf } from './notice';
import { repair } from './repair';
import type { Verdict } from './verdict';

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
  await tellOnce(edges, verdict);
  return verdict;
}

function texts(differences: readonly Difference[]): string[] {
  const told = differences.slice(0, MAX_TOLD).map(differenceText);
  const more = differences.length - told.length;
  return more > 0 ? [...told, `and ${more} more`] : told;
}

/** A drift that nobody mends is told again after this time: a little less than a day, so that an hourly look tells it each day. */
const TOLD_AGAIN = 23.5 * 3_600_000;

/** Tells people, unless they were told the same within a day. A repair is told each time, since somebody undid the one before. */
async function tellOnce(edges: GuardEdges, verdict: Verdict): Promise<void> {
  const { watched, tell, wasTold, write, now } = edges;
  const fingerprint = createHash('sha256').update(JSON.stringify(verdict)).digest('hex').slice(0, 32);
  if (verdict.state === 'changed' && (await wasTold(fingerprint, now() - TOLD_AGAIN))) return;
  await tell(noticeOf(watched.gatewayName, watched.repairs, verdict));
  // What this line says is what `wasTold` reads.
  write({ level: 'INFO', message: 'people were told', told: fingerprint });
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
