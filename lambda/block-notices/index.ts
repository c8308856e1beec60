import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BLOCK_NOTICES_CONFIG_FILE,
  type BlockNoticesConfig,
  type BlockNoticesEnvironment,
  type NoticePreview,
  type WebhookEnvironment,
} from '../../lib/contract/block-notices';
import { publish, readPage, secretText } from './aws';
import { messagesOf, tellDenials } from './handler';
import { noticesOf } from './notice';
import type { Place } from './render/link';
import { postToWebhook, type TopicRecord } from './webhook';

const environment = process.env as Partial<BlockNoticesEnvironment & WebhookEnvironment> & NodeJS.ProcessEnv;

/** Tells the topics what was denied in the last window. Started by a schedule. */
export async function tell(event: { readonly time: string }): Promise<void> {
  const { LOG_GROUP = '', TOPIC_ARNS = '', WINDOW_MINUTES } = environment;
  await tellDenials(event, {
    config: config(),
    place: place(),
    windowMinutes: Number(WINDOW_MINUTES),
    topics: TOPIC_ARNS.split(',').filter((topic) => topic !== ''),
    read: (window, nextToken) => readPage(LOG_GROUP, window, nextToken),
    publish,
    log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
  });
}

/** The notices of some denials as mail shows them, told to nobody. Started by the emulator. */
export function preview({ lines, from, to }: NoticePreview): Promise<string[]> {
  const notices = noticesOf(lines, { from, to }, config());
  return Promise.resolve(messagesOf(notices, true, place()).map(({ text }) => text));
}

/** Posts what a topic got to the webhook. Started by the topic. */
export async function post(event: { readonly Records: readonly TopicRecord[] }): Promise<void> {
  const secret = (): Promise<string> => secretText(environment.WEBHOOK_SECRET_ARN);
  await postToWebhook(event, { secret, now: () => new Date() });
}

function config(): BlockNoticesConfig {
  return JSON.parse(readFileSync(join(__dirname, BLOCK_NOTICES_CONFIG_FILE), 'utf8')) as BlockNoticesConfig;
}

function place(): Place {
  return { region: environment['AWS_REGION'] ?? '', logGroup: environment.LOG_GROUP ?? '' };
}
