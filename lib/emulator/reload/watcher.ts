import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds between two looks. Looking works the same on every platform and file system, events do not. */
const INTERVAL = 200;

/** Milliseconds by which a file's time may lie behind the clock. */
const CLOCK_GRAIN = 20;

/** Calls back with the files that were changed, made or removed below some paths. The process lives until {@link stop}. */
export class Watcher {
  private known: ReadonlyMap<string, Stamp>;
  private lookedAt = Date.now();
  private readonly timer: NodeJS.Timeout;

  /**
   * @param paths files, and folders whose files are watched with those of their folders; asked anew at every look
   * @param onChange not called again before its promise settles
   */
  constructor(
    private readonly paths: () => Iterable<string>,
    onChange: (changed: readonly string[]) => Promise<void>,
  ) {
    this.known = snapshot(paths());
    let busy = false;
    this.timer = setInterval(() => {
      if (busy) return;
      const changed = this.look();
      if (changed.length === 0) return;
      busy = true;
      void onChange(changed).finally(() => {
        busy = false;
      });
    }, INTERVAL);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): string[] {
    const before = this.known;
    const since = this.lookedAt - CLOCK_GRAIN;
    this.lookedAt = Date.now();
    const now = snapshot(this.paths());
    this.known = now;
    const removed = [...before.keys()].filter((file) => !now.has(file));
    const written = [...now].filter(([file, stamp]) => isNews(before.get(file), stamp, since));
    return [...removed, ...written.map(([file]) => file)];
  }
}

interface Stamp {
  readonly content: string;
  /** Time of the last change of the file or its name. */
  readonly changed: number;
}

/** A file that was not watched before is news only when it is new. */
function isNews(before: Stamp | undefined, now: Stamp, since: number): boolean {
  return before === undefined ? now.changed >= since : before.content !== now.content;
}

function snapshot(paths: Iterable<string>): Map<string, Stamp> {
  const stamps = new Map<string, Stamp>();
  for (const path of paths) stampFiles(path, stamps);
  return stamps;
}

function stampFiles(path: string, stamps: Map<string, Stamp>): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    stamps.set(path, { content: `${stat.mtimeMs}:${stat.size}:${stat.ino}`, changed: stat.ctimeMs });
    return;
  }
  for (const name of readdirSync(path)) if (name !== 'node_modules') stampFiles(join(path, name), stamps);
}
