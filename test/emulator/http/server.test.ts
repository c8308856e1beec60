import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { serve } from '../../../lib/emulator/http/server';

const LIMITS = { headers: 1_000, whole: 2_000 };

interface Ended {
  readonly received: string;
  /** Milliseconds since the connection. */
  readonly after: number;
}

/** Sends the beginning of a request and then a byte now and then, until the server ends the connection. */
async function sendSlowly(beginning: string): Promise<Ended> {
  const server = await serve('127.0.0.1', 0, () => new Map([['POST /', () => ({ status: 200 })]]), LIMITS);
  onTestFinished(() => server.stop());
  const started = performance.now();
  return await new Promise((resolve) => {
    const socket: Socket = connect(server.port, '127.0.0.1', () => socket.write(beginning));
    const drip = setInterval(() => socket.write('x'), 100);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      resolve({ received, after: performance.now() - started });
    });
  });
}

it.each([
  ['its headers', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ', LIMITS.headers],
  ['its body', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n', LIMITS.whole],
])(
  'cuts a client off that sends %s too slowly, not before the limit and soon after it',
  async (_, beginning, limit) => {
    const { received, after } = await sendSlowly(beginning);
    expect(received).toContain('408 Request Timeout');
    expect(after).toBeGreaterThan(limit - 50);
    // Node.js looks at connections at intervals of 30 seconds when it is not told otherwise.
    expect(after).toBeLessThan(limit + 15_000);
  },
);
