import type { FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { makeAtFirstUse } from '../interceptor-kit/sdk/make-at-first-use';
import { type Message, publication } from './message';
import type { Window } from './notice';

/** By itself, the SDK only warns of the time that a call without an answer takes. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

// The SDK loads with the first call, so that a preview of notices needs none of it.
const logs = makeAtFirstUse(async () => {
  const sdk = await import('@aws-sdk/client-cloudwatch-logs');
  return { ...sdk, client: new sdk.CloudWatchLogsClient({ requestHandler }) };
});
const sns = makeAtFirstUse(async () => {
  const sdk = await import('@aws-sdk/client-sns');
  return { ...sdk, client: new sdk.SNSClient({ requestHandler }) };
});
const secrets = makeAtFirstUse(async () => {
  const sdk = await import('@aws-sdk/client-secrets-manager');
  return { ...sdk, client: new sdk.SecretsManagerClient({ requestHandler }) };
});

/** A page of the denials in a log group. */
export async function readPage(
  logGroupName: string,
  { from, to }: Window,
  nextToken: string | undefined,
): Promise<FilterLogEventsCommandOutput> {
  const { client, FilterLogEventsCommand } = await logs();
  // The end is inclusive here.
  const window = { startTime: from, endTime: to - 1 };
  return client.send(
    new FilterLogEventsCommand({ logGroupName, ...window, filterPattern: '{ $.denial = 1 }', nextToken }),
  );
}

export async function publish(topic: string, message: Message): Promise<void> {
  const { client, PublishCommand } = await sns();
  await client.send(new PublishCommand(publication(topic, message)));
}

/** Text of a secret; empty when it has none. */
export async function secretText(SecretId: string | undefined): Promise<string> {
  const { client, GetSecretValueCommand } = await secrets();
  return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';
}
