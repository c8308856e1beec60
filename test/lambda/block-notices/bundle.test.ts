import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signature } from '../../../lambda/block-notices/webhook';
import { SecretsManagerDouble } from '../../doubles/secrets-manager';
import { SnsDouble } from '../../doubles/sns';
import { ROOT } from '../../house/source-files';
import { CONFIG, denialLine, logged } from './lines';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:notices';
const KEY = Buffer.alloc(24, 7);

interface LogEvent {
  readonly eventId: string;
  readonly timestamp: number;
  readonly message: string;
}

/** FilterLogEvents over some events, a page for each two. */
class LogDouble {
  events: LogEvent[] = [];
  throttled = 0;
  readonly asked: { readonly [name: string]: unknown }[] = [];
  readonly server = createServer((request, response) => void this.respond(request, response));

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = JSON.parse(await bodyOf(request)) as { startTime: number; endTime: number; nextToken?: string };
    this.asked.push(input);
    const isThrottled = this.throttled-- > 0;
    response.writeHead(isThrottled ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    if (isThrottled)
      return void response.end(JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }));
    const from = Number(input.nextToken ?? 0);
    const within = this.events.filter(({ timestamp }) => timestamp >= input.startTime && timestamp <= input.endTime);
    const nextToken = from + 2 < within.length ? String(from + 2) : undefined;
    response.end(JSON.stringify({ events: within.slice(from, from + 2), nextToken }));
  }
}

interface Posted {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver of webhooks. */
class Receiver {
  status = 200;
  readonly posted: Posted[] = [];
  readonly server = createServer((request, response) => void this.respond(request, response));

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.posted.push({ headers: request.headers, body: await bodyOf(request) });
    response.writeHead(this.status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', () => ready()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Bundle {
  tell(event: { time: string }): Promise<void>;
  post(event: object): Promise<void>;
}

const [sns, secrets, log, receiver] = [new SnsDouble(), new SecretsManagerDouble(), new LogDouble(), new Receiver()];
const before = { ...process.env };
// Below the project, where Node.js finds the AWS SDK as it does in Lambda.
const folder = mkdtempSync(join(ROOT, 'dist', 'notices-'));
let bundle: Bundle;
let receiverUrl: string;

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'block-notices']);
  copyFileSync(join(ROOT, 'dist/lambda/block-notices/index.js'), join(folder, 'index.js'));
  writeFileSync(join(folder, 'notices.json'), JSON.stringify(CONFIG));
  receiverUrl = await listen(receiver.server);
  sns.topics.add(TOPIC);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_SNS: await sns.start(),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await secrets.start(),
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: await listen(log.server),
    LOG_GROUP: '/aws/lambda/response',
    TOPIC_ARNS: TOPIC,
    WINDOW_MINUTES: '5',
    GATEWAY_NAME: 'claims',
    WEBHOOK_SECRET_ARN: secrets.arn,
  });
  bundle = createRequire(join(folder, 'index.js'))('./index.js') as Bundle;
});

afterAll(() => {
  for (const server of [log.server, receiver.server]) {
    server.closeAllConnections();
    server.close();
  }
  sns.stop();
  secrets.stop();
  rmSync(folder, { recursive: true });
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

beforeEach(() => {
  sns.published.length = 0;
  receiver.posted.length = 0;
  receiver.status = 200;
  log.asked.length = 0;
  log.events = [];
});

const event = (n: number, more = {}, at = '2026-11-20T02:37:00Z'): LogEvent => ({
  eventId: `e-${n}`,
  timestamp: Date.parse(at),
  message: logged(denialLine({ invocation: `i-${n}`, ...more })),
});
const SCHEDULED = { time: '2026-11-20T02:41:00Z' };

describe('the bundle that tells of denials', () => {
  // Covers assumed.chat-default
  it('reads the settled window in pages, over throttles, and tells each caller, tool and reason once', async () => {
    log.events = [
      event(1),
      event(2),
      event(2),
      event(3, { caller: 'bob' }),
      { ...event(4), message: 'START RequestId: x' },
    ];
    log.throttled = 1;
    sns.throttled = 1;
    await bundle.tell(SCHEDULED);
    expect(log.asked.at(-1)).toMatchObject({
      logGroupName: '/aws/lambda/response',
      startTime: Date.parse('2026-11-20T02:35:00Z'),
      endTime: Date.parse('2026-11-20T02:40:00Z') - 1,
      filterPattern: '{ $.denial = 1 }',
    });
    expect(sns.published.map(({ subject }) => subject)).toEqual([
      'Blocked 2 times: ann called Claims___pay at claims',
      'Blocked once: bob called Claims___pay at claims',
    ]);
    const [{ byProtocol }] = sns.published as [(typeof sns.published)[0]];
    expect(JSON.parse(byProtocol['default'] ?? '')).toMatchObject({ version: '1.0', source: 'custom' });
    expect(byProtocol['email']).toContain('the tool never ran');
    expect(JSON.parse(byProtocol['lambda'] ?? '')).toMatchObject({ notice: { count: 2, caller: 'ann' } });
  });

  it('says nothing of a quiet window, and in one sentence what is too much', async () => {
    await bundle.tell(SCHEDULED);
    expect(sns.published).toEqual([]);
    log.events = Array.from({ length: 30 }, (_, n) => event(n, { caller: `caller-${n}` }));
    await bundle.tell(SCHEDULED);
    expect(sns.published).toHaveLength(21);
    expect(sns.published.at(-1)?.byProtocol['email']).toContain('Blocked 10 times more at claims, by 10 other callers');
  });

  it('says that a log was too long to be read whole', async () => {
    log.events = Array.from({ length: 120 }, (_, n) => event(n));
    await bundle.tell(SCHEDULED);
    expect(sns.published.at(-1)?.byProtocol['email']).toContain('too long to be read whole');
  });

  it('fails, so that Lambda tries again, when a topic does not take a notice', async () => {
    log.events = [event(1), event(2, { caller: 'bob' })];
    sns.topics.delete(TOPIC);
    await expect(bundle.tell(SCHEDULED)).rejects.toThrow('2 notices were not taken');
    sns.topics.add(TOPIC);
    await expect(bundle.tell({ time: 'now' })).rejects.toThrow();
  });
});

describe('the bundle that posts to a webhook', () => {
  const setSecret = (secret: object | string): void => {
    const [version = ''] = secrets.versions.keys();
    secrets.versions.set(version, typeof secret === 'string' ? secret : JSON.stringify(secret));
  };
  const records = (...messages: object[]) => ({
    Records: messages.map((message, n) => ({
      Sns: { MessageId: `m-${n}`, Message: JSON.stringify(message), Timestamp: '2026-11-20T02:41:02.000Z' },
    })),
  });
  const secretText = `whsec_${KEY.toString('base64')}`;

  it('signs notices and alarms, so that the receiver knows them', async () => {
    setSecret({ url: `${receiverUrl}/hook`, secret: secretText });
    await bundle.post(
      records({ notice: { id: 'n-1' }, text: 'Blocked once' }, { AlarmName: 'Undecided', NewStateValue: 'ALARM' }),
    );
    expect(receiver.posted).toHaveLength(2);
    for (const { headers, body } of receiver.posted) {
      const [id, seconds] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
      expect(headers['webhook-signature']).toBe(signature(KEY, id, seconds, body));
      expect(Math.abs(Date.now() / 1_000 - seconds)).toBeLessThan(60);
    }
    expect(
      receiver.posted.map(({ headers, body }) => [headers['webhook-id'], (JSON.parse(body) as { type: string }).type]),
    ).toEqual([
      ['n-1', 'governed-gateway.block-notice'],
      ['m-1', 'governed-gateway.alarm'],
    ]);
  });

  // Covers gateway.webhook-signatures
  // Source: the example of the Standard Webhooks libraries.
  it('signs as the standard says', () => {
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    expect(signature(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it.each([500, 404, 302])('fails on an answer with status %i, and follows no redirect', async (status) => {
    setSecret({ url: receiverUrl, secret: secretText });
    receiver.status = status;
    await expect(bundle.post(records({ text: 'x' }))).rejects.toThrow(`the webhook answered ${status}`);
    expect(receiver.posted).toHaveLength(1);
  });

  it.each<[string, object | string]>([
    ['is not JSON', 'hunter2'],
    ['no HTTPS address', { url: 'http://example.com/hunter2', secret: secretText }],
    ['no HTTPS address', { url: 'file:///hunter2', secret: secretText }],
    ['less than 24 bytes', { url: 'https://example.com/hunter2', secret: 'whsec_aHVudGVyMg==' }],
    ['the webhook answered nothing', { url: 'http://127.0.0.1:1/hunter2', secret: secretText }],
  ])('says that its secret %s, and not what is in it', async (message, secret) => {
    setSecret(secret);
    const error: unknown = await bundle.post(records({ text: 'x' })).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toMatch(/hunter2|whsec|aHVu/);
  });
});
