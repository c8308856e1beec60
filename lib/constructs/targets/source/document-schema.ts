import { type ApiSchema, S3ApiSchema } from 'aws-cdk-lib/aws-bedrockagentcore';
import type { LateAsset } from '../../functions/late-asset';

/** A document in the assets' bucket, of which the gateway's role may read just this object. */
export function documentSchema(asset: LateAsset): ApiSchema {
  return new S3ApiSchema({ bucketName: asset.bucketName, objectKey: asset.objectKey });
}
