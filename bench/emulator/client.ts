// A load generator that does as little as possible itself.
import { Agent, request } from 'node:http';

export interface Target {
  readonly url: string;
  readonly token: string;
  /** Name of the tool as this server knows it. */
  readonly tool: string;
}

function bodyOf(target: Target, method: string, id: number): string {
  const params = method === 'tools/call' ? { name: target.tool, arguments: { id: `c-${id}` } } : {};
  return JSON.stringify({ jsonrpc: '2.0', id, method, params });
}

function send(target: Target, agent: Agent, method: string, id: number): Promise<void> {
  const body = bodyOf(target, method, id);
  return new Promise((resolve, reject) => {
    const sent = request(
      target.url,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2025-06-18',
          authorization: `Bearer ${target.token}`,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200 && text.includes('"result"')) resolve();
          else reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Calls per second with that many connections in use all the time. */
export async function measureThroughput(target: Target, connections: number, calls: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < calls) await send(target, agent, 'tools/call', next++);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return (calls / (performance.now() - started)) * 1_000;
}

/** Milliseconds of each request, one after the other. */
export async function measureTimes(target: Target, calls: number, method = 'tools/call'): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let id = 0; id < calls; id += 1) {
    const started = performance.now();
    await send(target, agent, method, id);
    times.push(performance.now() - started);
  }
  agent.destroy();
  return times;
}
