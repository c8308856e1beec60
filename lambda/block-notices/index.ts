import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  BLOCK_NOTICES_CONFIG_FILE,
  type BlockNoticesConfig,
  type BlockNoticesEnvironment,
  type WebhookEnvironment,
} from '../../lib/contract/block-notices';
import { type Message, tellDenials } from './handler';
import type { Window } from './notice';
import { postToWebhook, type TopicRecord } from './webhook';

const environment = process.env as Partial<BlockNoticesEnvironment & WebhookEnvironment> & NodeJS.ProcessEnv;
/** By itself, the SDK only warns of the time that a call without an answer takes. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
const logs = new CloudWatchLogsClient({ requestHandler });
const sns = new SNSClient({ requestHandler });
const secrets = new SecretsManagerClient({ requestHandler });

/** Tells the topics what was denied in the last window. Started by a schedule. */
export async function tell(event: { readonly time: string }): Promise<void> {
  const logGroupName = environment.LOG_GROUP ?? '';
  const config = JSON.parse(readFileSync(join(__dirname, BLOCK_NOTICES_CONFIG_FILE), 'utf8')) as BlockNoticesConfig;
  await tellDenials(event, {
    config,
    place: { region: environment['AWS_REGION'] ?? '', logGroup: logGroupName },
    windowMinutes: Number(environment.WINDOW_MINUTES),
    topics: (environment.TOPIC_ARNS ?? '').split(',').filter((topic) => topic !== ''),
    read: ({ from, to }: Window, nextToken) =>
      logs.send(
        // The end is inclusive here.
        new FilterLogEventsCommand({
          logGroupName,
          startTime: from,
          endTime: to - 1,
          filterPattern: '{ $.denial = 1 }',
          nextToken,
        }),
      ),
    publish,
    log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
  });
}

/** Posts what a topic got to the webhook. Started by the topic. */
export async function post(event: { readonly Records: readonly TopicRecord[] }): Promise<void> {
  const command = new GetSecretValueCommand({ SecretId: environment.WEBHOOK_SECRET_ARN });
  const secret = async (): Promise<string> => (await secrets.send(command)).SecretString ?? '';
  await postToWebhook(event, { secret, now: () => new Date() });
}

async function publish(TopicArn: string, { subject, chat, text, data }: Message): Promise<void> {
  const Message = JSON.stringify({ default: chat, email: text, lambda: data });
  await sns.send(new PublishCommand({ TopicArn, Subject: subject, MessageStructure: 'json', Message }));
}
