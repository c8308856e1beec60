import type { CallVerdict, ObservedCall, SourceKind } from '../observed-call';
import type { PartialCall } from './partial-call';

/** Calls of which lines may still come. Lines of one call stand near each other; of a call that waits for longer, what is known is told. */
const WAITING = 20_000;

type Known = { -readonly [member in keyof PartialCall]: PartialCall[member] };

interface Waiting {
  readonly known: Known;
  readonly sources: Set<SourceKind>;
}

/** Puts lines of one call together, in constant memory. */
export class CallJoin {
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly tell: (call: ObservedCall) => void) {}

  add(part: PartialCall): void {
    const id = idOf(part);
    const found = this.waiting.get(id) ?? { known: { ...part }, sources: new Set<SourceKind>() };
    found.sources.add(part.source);
    merge(found.known, part);
    const isRecorded = found.known.record?.part === 'request' && part.record?.part === 'response';
    // With an id of the gateway, its own lines may still follow.
    if ((part.isWhole || isRecorded) && part.requestId === undefined) this.end(id, found);
    else this.waiting.set(id, found);
    if (this.waiting.size > WAITING) {
      const [oldest] = this.waiting;
      if (oldest !== undefined) this.end(...oldest);
    }
  }

  finish(): void {
    for (const [id, waiting] of this.waiting) this.end(id, waiting);
  }

  private end(id: string, { known, sources }: Waiting): void {
    this.waiting.delete(id);
    if (known.tool !== undefined || known.outcome !== undefined) this.tell(observed(known, [...sources]));
  }
}

function idOf({ requestId, key }: PartialCall): string {
  return requestId === undefined ? `key ${key}` : `request ${requestId}`;
}

/** Adds a part to a call. Known members stay, but for lists, which may come in parts, and the ending of a record, which joins its beginning. */
function merge(known: Known, part: PartialCall): void {
  for (const [member, value] of Object.entries(part) as [keyof Known, never][]) known[member] ??= value;
  if (part.record === undefined || known.record === part.record || known.record === undefined) return;
  const [request, response] =
    part.record.part === 'request' ? [part.record, known.record] : [known.record, part.record];
  const { outcome, refusedBy, reason } = response;
  known.record = {
    ...request,
    outcome,
    ...(refusedBy === undefined ? {} : { refusedBy }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function observed(known: Known, sources: SourceKind[]): ObservedCall {
  const { record, mode, outcome } = known;
  return {
    sources,
    time: known.record?.time ?? known.time ?? '',
    requestId: known.requestId,
    caller: known.caller,
    tool: known.tool,
    mode: mode ?? (known.ran === undefined || outcome === undefined ? undefined : modeOf(known.ran, outcome)),
    verdict: verdictOf(known),
    outcome,
    policies: known.policies,
    reason: known.reason,
    flipping: known.flipping ?? [],
    mismatched: known.mismatched ?? [],
    weight: record === undefined ? 1 : 1 / record.sample,
    knowsMismatched: known.mismatched !== undefined,
    record,
  };
}

function modeOf(ran: boolean, outcome: string): ObservedCall['mode'] {
  if (outcome === 'ALLOW') return undefined;
  return ran ? 'LOG_ONLY' : 'ENFORCE';
}

/** A denial that is only logged looks like a real one in logs: what tells them apart is whether the target ran. */
function verdictOf({ outcome, ran, mode, record }: Known): CallVerdict {
  if (record?.refusedBy === 'interceptor') return 'refused';
  if (outcome === 'ALLOW') return 'allowed';
  if (outcome === undefined) return 'unknown';
  if (outcome === 'ERROR') return 'undecided';
  return ran === true || mode === 'LOG_ONLY' ? 'would be denied' : 'denied';
}
