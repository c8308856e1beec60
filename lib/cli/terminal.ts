import { text } from 'node:stream/consumers';
import { expectMuchWork } from './engine-flags';

/** Where a command reads and writes, and what else it has of its process. Tests give another one. */
export interface Terminal {
  /** Answers. */
  readonly out: (text: string) => void;
  /** Findings and progress. */
  readonly err: (text: string) => void;
  /** Everything on standard input. */
  readonly readInput: () => Promise<string>;
  /** Directory that relative paths start from. */
  readonly cwd: string;
  /** Whether a person watches, so that progress may be shown. */
  readonly interactive: boolean;
  /** Calls a listener on the first Ctrl-C or SIGTERM, for commands that run until then. */
  readonly onInterrupt: (listener: () => void) => void;
  /** Called before Cedar is asked for long: by an emulator, about a large set. @default - nothing differs */
  readonly expectMuchWork?: () => void;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  // A reader such as `head` may close the pipe early; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    out: (written) => void process.stdout.write(written),
    err: (written) => void process.stderr.write(written),
    readInput: () => text(process.stdin),
    cwd: process.cwd(),
    interactive: process.stderr.isTTY === true,
    onInterrupt: (listener) => {
      process.once('SIGINT', listener);
      process.once('SIGTERM', listener);
    },
    expectMuchWork,
  };
}
