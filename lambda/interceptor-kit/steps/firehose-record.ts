import type { FirehoseClient } from '@aws-sdk/client-firehose';

let loading: Promise<{ client: FirehoseClient; sdk: typeof import('@aws-sdk/client-firehose') }> | undefined;

/** Puts one line on a delivery stream. The SDK loads with the first record. */
export async function putRecord(stream: string, line: string, signal: AbortSignal): Promise<void> {
  loading ??= load();
  const { client, sdk } = await loading;
  const command = new sdk.PutRecordCommand({
    DeliveryStreamName: stream,
    Record: { Data: Buffer.from(`${line}\n`, 'utf8') },
  });
  await client.send(command, { abortSignal: signal });
}

async function load(): Promise<{ client: FirehoseClient; sdk: typeof import('@aws-sdk/client-firehose') }> {
  const sdk = await import('@aws-sdk/client-firehose');
  return { client: new sdk.FirehoseClient({ maxAttempts: 2 }), sdk };
}
