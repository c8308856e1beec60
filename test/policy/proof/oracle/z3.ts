import { init } from 'z3-solver';

/** Units of work that a question may take: a limit in seconds would depend on the machine. */
const WORK = 500_000;

/** The part of Emscripten's module that is used here. */
interface Memory {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(at: number): void;
  _Z3_eval_smtlib2_string(context: unknown, text: number): number;
  readonly PThread: { terminateAllThreads(): void };
}

/** Z3, which shares no code with the decision procedure of the library. */
export class Z3 {
  private constructor(
    private readonly api: Awaited<ReturnType<typeof init>>['Z3'],
    private readonly memory: Memory,
  ) {}

  static async start(): Promise<Z3> {
    const { Z3: api, em } = await init();
    return new Z3(api, em as Memory);
  }

  /** `sat`, `unsat` or `unknown`. Each question has a context of its own: on a shared one, easy questions were seen to run for minutes. */
  answer(script: string): string {
    const config = this.api.mk_config();
    const context = this.api.mk_context(config);
    this.api.del_config(config);
    try {
      return this.evaluate(context, `(set-option :rlimit ${WORK})\n${script}`);
    } finally {
      this.api.del_context(context);
    }
  }

  stop(): void {
    this.memory.PThread.terminateAllThreads();
  }

  /**
   * On this thread. The documented `eval_smtlib2_string` hands a text that lies on the stack to another thread, which was seen to read it after
   * the stack had been used again: of 200 answers 111 were wrong.
   */
  private evaluate(context: unknown, text: string): string {
    const bytes = Buffer.from(`${text}\0`, 'utf8');
    const at = this.memory._malloc(bytes.length);
    this.memory.HEAPU8.set(bytes, at);
    try {
      const from = this.memory._Z3_eval_smtlib2_string(context, at);
      const heap = this.memory.HEAPU8;
      const answer = Buffer.from(heap.subarray(from, heap.indexOf(0, from)))
        .toString('utf8')
        .trim();
      if (answer.includes('(error')) throw new Error(`${answer}\n${text}`);
      return answer;
    } finally {
      this.memory._free(at);
    }
  }
}
