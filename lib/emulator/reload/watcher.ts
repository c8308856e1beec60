import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds between two looks. Looking works the same on every platform and file system, events do not. */
const INTERVAL = 200;

/** Calls back with the files that were changed, made or removed below some paths. */
export class Watcher {
  private known: ReadonlyMap<string, string>;
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
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): string[] {
    const before = this.known;
    const now = snapshot(this.paths());
    this.known = now;
    const removed = [...before.keys()].filter((file) => !now.has(file));
    return [...removed, ...[...now].filter(([file, stamp]) => before.get(file) !== stamp).map(([file]) => file)];
  }
}

function snapshot(paths: Iterable<string>): Map<string, string> {
  const stamps = new Map<string, string>();
  for (const path of paths) stampFiles(path, stamps);
  return stamps;
}

function stampFiles(path: string, stamps: Map<string, string>): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    stamps.set(path, `${stat.mtimeMs}:${stat.size}:${stat.ino}`);
    return;
  }
  for (const name of readdirSync(path)) if (name !== 'node_modules') stampFiles(join(path, name), stamps);
}
