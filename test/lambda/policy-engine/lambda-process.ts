import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from './scenario';

const root = join(__dirname, '../../..');
const bundle = join(root, 'dist/lambda/policy-engine/index.js');

/** How much faster time passes in the process. */
export const SPEED = 20;

/** What the process does: one request on its standard input, one answer on its standard output, with time running faster. */
const RUNTIME = `
const { setTimeout: wait, Date: { now } } = globalThis;
const start = now();
globalThis.setTimeout = (run, delay, ...rest) => wait(run, (delay ?? 0) / ${SPEED}, ...rest);
Date.now = () => start + (now() - start) * ${SPEED};
const handlers = require(process.argv[1]);
let text = '';
process.stdin.on('data', (chunk) => { text += chunk; }).on('end', async () => {
  const { handler, event, time } = JSON.parse(text);
  const end = Date.now() + time;
  const answer = await handlers[handler](event, { getRemainingTimeInMillis: () => end - Date.now() }).then(
    (result) => ({ result }),
    (error) => ({ error: error.message, stack: error.stack }),
  );
  const memory = process.resourceUsage().maxRSS * 1024;
  process.stdout.write('\\n' + JSON.stringify({ ...answer, memory }), () => process.exit(0));
});
`;

/** URLs that stand in for the services. */
export interface Endpoints {
  readonly controlPlane: string;
  readonly objects: string;
}

export interface Invocation {
  readonly handler: 'onEvent' | 'isComplete';
  readonly event: object;
  /** Milliseconds of the process's own time. @default 300000 */
  readonly time?: number;
}

export interface Answer {
  readonly result?: { readonly [member: string]: unknown };
  readonly error?: string;
  readonly stack?: string;
  /** The most bytes that the process held. */
  readonly memory: number;
  /** What the process wrote before its answer. */
  readonly log: string;
}

/** The real bundle in a process of its own, as Lambda runs it. */
export class LambdaProcess {
  private readonly process: ChildProcess;
  readonly answer: Promise<Answer | 'died'>;

  constructor(endpoints: Endpoints, invocation: Invocation) {
    if (!existsSync(bundle)) execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'policy-engine']);
    this.process = spawn(process.execPath, ['--no-warnings', '-e', RUNTIME, bundle], {
      env: {
        PATH: process.env['PATH'],
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL: endpoints.controlPlane,
        AWS_ENDPOINT_URL_S3: endpoints.objects,
        LOG_LEVEL: 'info',
        ...ENVIRONMENT,
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.answer = new Promise((resolve) => {
      let output = '';
      this.process.stdout?.on('data', (chunk) => {
        output += String(chunk);
      });
      this.process.on('close', () => {
        const line = output.lastIndexOf('\n');
        const last = output.slice(line + 1);
        resolve(last.startsWith('{') ? { ...(JSON.parse(last) as Answer), log: output.slice(0, line) } : 'died');
      });
    });
    this.process.stdin?.end(JSON.stringify({ time: 300_000, ...invocation }));
  }

  /** Ends the process at once, whatever it is doing. */
  kill(): void {
    this.process.kill('SIGKILL');
  }
}
