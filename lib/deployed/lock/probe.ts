import type { LockScope } from '../../contract/lock';
import { splitToolName } from '../../contract/tool-name';

/** A caller that asks the gateway, as far as a probe does. */
export interface ProbeCaller {
  listTools(): Promise<readonly string[]>;
  /**
   * Who refused a call of a tool without arguments, which no tool that needs some can carry out. Undefined for a call that was not refused.
   */
  refusal(tool: string): Promise<Refusal | undefined>;
}

/** The lock, by its name in the denial, or something that nobody can tell from it, such as arguments that are missing. */
export type Refusal = 'lock' | 'unknown';

export type Probe =
  /** The tool is in no list any more, and a call of it was refused. */
  | { readonly kind: 'stopped'; readonly tool: string; readonly by: Refusal }
  /** The tool is still listed, or its call was not refused. */
  | { readonly kind: 'passes'; readonly tool: string }
  /** There is no tool to ask for. */
  | { readonly kind: 'nothing' };

/**
 * Asks the gateway whether a lock works. The list comes first, since it has no effect: a tool is only called when the list already leaves it
 * out.
 * @param tools full names of the gateway's tools; of those that the lock stops, the first one is called
 * @param attempts lists before the answer is no, a second apart
 */
export async function probeLock(
  caller: ProbeCaller,
  scope: LockScope,
  tools: readonly string[],
  sleep: (milliseconds: number) => Promise<void>,
  attempts = 30,
): Promise<Probe> {
  const stopped = tools.filter((tool) => isStopped(scope, tool));
  const [tool] = stopped;
  if (tool === undefined) return { kind: 'nothing' };
  for (let attempt = 1; ; attempt += 1) {
    const listed = new Set(await caller.listTools());
    const shown = stopped.find((one) => listed.has(one));
    if (shown === undefined) break;
    if (attempt >= attempts) return { kind: 'passes', tool: shown };
    await sleep(1_000);
  }
  const by = await caller.refusal(tool);
  return by === undefined ? { kind: 'passes', tool } : { kind: 'stopped', tool, by };
}

function isStopped(scope: LockScope, tool: string): boolean {
  if (scope.kind === 'tool') return scope.name === tool;
  if (scope.kind === 'target') return splitToolName(tool)?.target === scope.name;
  return true;
}
