import { makeAtFirstUse } from './make-at-first-use';

const sdk = makeAtFirstUse(async () => {
  const loaded = await import('@aws-sdk/client-firehose');
  return { ...loaded, client: new loaded.FirehoseClient({ maxAttempts: 2 }) };
});

/** Puts one line on a delivery stream. The SDK loads with the first record. */
export async function putRecord(stream: string, line: string, signal: AbortSignal): Promise<void> {
  const { client, PutRecordCommand } = await sdk();
  const command = new PutRecordCommand({
    DeliveryStreamName: stream,
    Record: { Data: Buffer.from(`${line}\n`, 'utf8') },
  });
  await client.send(command, { abortSignal: signal });
}
