/** What is used of `@aws-sdk/client-s3`, which the Lambda runtime carries. */
interface S3Module {
  readonly S3Client: new (
    config: object,
  ) => {
    send(command: object): Promise<{ readonly Body?: { transformToString(): Promise<string> } }>;
  };
  readonly GetObjectCommand: new (input: { readonly Bucket: string; readonly Key: string }) => object;
}

/** Text of an object in S3. The client is loaded when it is first needed: an engine needs none. */
export async function readObject(bucket: string, key: string): Promise<string> {
  // Not in the bundle: GetObject is old enough for the version that the runtime carries.
  const { S3Client, GetObjectCommand } = require('@aws-sdk/client-s3') as S3Module;
  const answer = await new S3Client({}).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (answer.Body === undefined) throw new Error(`\`s3://${bucket}/${key}\` is empty`);
  return answer.Body.transformToString();
}
