/** Text of an object in S3. The client is loaded when it is first needed: an engine needs none. */
export async function readObject(bucket: string, key: string): Promise<string> {
  // Not in the bundle: GetObject is old enough for the version that the runtime carries, which `require` finds and `import` may not.
  const { S3Client, GetObjectCommand } = require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
  const answer = await new S3Client({}).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (answer.Body === undefined) throw new Error(`\`s3://${bucket}/${key}\` is empty`);
  return answer.Body.transformToString();
}
