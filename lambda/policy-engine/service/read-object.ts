/** Text of an object in S3. The client is loaded when it is first needed: an engine needs none. */
export async function readObject(bucket: string, key: string, signal: AbortSignal): Promise<string> {
  // Not in the bundle: GetObject is old enough for the version that the runtime carries, which `require` finds and `import` may not.
  const { S3Client, GetObjectCommand } = require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
  // Retries are made by the caller, as those of all other calls.
  const client = new S3Client({ maxAttempts: 1 });
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
  if (answer.Body === undefined) throw new Error(`\`s3://${bucket}/${key}\` is empty`);
  return answer.Body.transformToString();
}
