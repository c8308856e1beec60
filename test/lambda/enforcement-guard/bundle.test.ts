import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../lambda/enforcement-guard/verdict';
import { ENGINE_ID, POLICIES, STACK } from '../../contract/drift/drift-fixture';
import { Deployment } from '../../deployed/deployment';
import { CloudWatchLogsDouble } from '../../doubles/cloudwatch-logs';
import { type DoubleServer, serveObjects } from '../../doubles/control-plane/clients';
import { serveJson } from '../../doubles/serve-json';
import { SnsDouble } from '../../doubles/sns';
import { ROOT } from '../../house/source-files';
import { guardedTemplate } from './guarded';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:notices';
const GROUP = '/aws/lambda/guard';

describe('the bundle of the guard', () => {
  const before = { ...process.env };
  const deployment = new Deployment();
  const sns = new SnsDouble();
  const logs = new CloudWatchLogsDouble();
  const servers: DoubleServer[] = [];
  let handler: (event: object) => Promise<Verdict>;

  beforeAll(async () => {
    await deployment.start();
    deployment.cloudFormation.stacks.splice(0, 1, { ...STACK, template: guardedTemplate() });
    const objects = new Map([['assets/policies.json', JSON.stringify({ version: 1, policies: POLICIES })]]);
    const [s3, cloudWatch] = await Promise.all([serveObjects(objects), serveJson(logs)]);
    servers.push(s3, cloudWatch);
    sns.topics.add(TOPIC);
    logs.groups.set(GROUP, []);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_SNS: await sns.start(),
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: cloudWatch.url,
      AWS_LAMBDA_LOG_GROUP_NAME: GROUP,
      STACK_ID: STACK.stackId,
      GATEWAY_LOGICAL_ID: 'Gateway',
      SET_LOGICAL_ID: 'Set',
      GATEWAY_NAME: 'notes',
      POLICY_ENGINE_ID: ENGINE_ID,
      DOCUMENT_BUCKET: 'assets',
      REPAIR: 'false',
      TOPIC_ARNS: TOPIC,
    });
    const bundle = join(ROOT, 'dist/lambda/enforcement-guard/index.js');
    ({ handler } = createRequire(__filename)(bundle) as { handler: typeof handler });
  });

  afterAll(async () => {
    sns.stop();
    await Promise.all(servers.map((server) => server.close()));
    await deployment.stop();
    process.env = before;
  });

  /** One run, with what it wrote put where Lambda puts it. */
  async function run(): Promise<Verdict> {
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      logs.groups.get(GROUP)?.push({ timestamp: Date.now(), message: String(text) });
      return true;
    });
    try {
      return await handler({ 'detail-type': 'AWS API Call via CloudTrail', detail: { eventName: 'UpdateGateway' } });
    } finally {
      write.mockRestore();
    }
  }

  it('reads the account over HTTP, tells the topic once, and remembers it in its own log', async () => {
    expect(await run()).toEqual({ state: 'as declared', differences: [], left: [] });
    deployment.tamper((gateway) => {
      gateway['interceptorConfigurations'] = [];
    });
    deployment.cloudFormation.throttles = 1;
    sns.throttled = 1;
    expect(await run()).toMatchObject({ state: 'changed', left: { length: 2 } });
    expect(await run()).toMatchObject({ state: 'changed' });
    expect(sns.published.map(({ topic, subject }) => [topic, subject])).toEqual([
      [TOPIC, 'Gateway notes was changed, and no deployment did it'],
    ]);
    expect(sns.published[0]?.byProtocol['email']).toContain('- missing: interceptor REQUEST');
    logs.denied = GROUP;
    await run();
    expect(sns.published).toHaveLength(2);
  });
});
