import type { Principal } from '../../contract/claims';
import type { DesiredPolicy } from '../../contract/policy-set-document';

/** Milliseconds for which a list stands when policies depend on the time. */
const LIFE = 1_000;

/** Lists remembered at once. */
const CAPACITY = 200;

interface Remembered {
  readonly at: number;
  readonly tools: ReadonlySet<string>;
}

/**
 * Remembers which tools a caller sees: finding that out takes milliseconds where there are many policies. Decisions of calls are never
 * remembered. Two callers share a list when they differ only in claims that no policy can read.
 */
export class ListMemory {
  private readonly lists = new Map<string, Remembered>();
  private readonly texts: string;
  private readonly dependsOnTime: boolean;
  /** Whether a policy reads a claim whose name it computes. */
  private readonly readsAnyClaim: boolean;

  constructor(policies: readonly DesiredPolicy[]) {
    this.texts = policies.map(({ statementParts }) => statementParts.join(' ')).join('\n');
    this.dependsOnTime = this.texts.includes('now');
    this.readsAnyClaim = /(?:has|get)Tag\s*\((?!\s*"[^"\\]*"\s*\))/.test(this.texts);
  }

  recall(principal: Principal, now: Date, compute: () => ReadonlySet<string>): ReadonlySet<string> {
    const key = this.keyOf(principal);
    const known = this.lists.get(key);
    if (known !== undefined && (!this.dependsOnTime || Math.abs(now.getTime() - known.at) < LIFE)) return known.tools;
    if (this.lists.size >= CAPACITY) this.lists.clear();
    const tools = compute();
    this.lists.set(key, { at: now.getTime(), tools });
    return tools;
  }

  private keyOf({ type, id, tags }: Principal): string {
    const readable = Object.entries(tags).filter(([claim]) => this.readsAnyClaim || this.texts.includes(`"${claim}"`));
    return JSON.stringify([type, id, readable.sort(([a], [b]) => (a < b ? -1 : 1))]);
  }
}
