import type { LocalManifest } from '../../contract/manifest';
import { serve } from '../http/server';
import { awsEndpoint } from './aws-endpoint';
import { startDynamo } from './dynamodb';

/** The AWS services that functions reach, all on this machine. */
export interface LocalCloud {
  /** Variables that point AWS clients here. */
  readonly endpoints: { readonly [name: string]: string };
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

export async function startCloud(local: LocalManifest, _directory: string): Promise<LocalCloud> {
  const routes = awsEndpoint([]);
  const shared = await serve(LOOPBACK, 0, () => routes);
  const dynamo = local.tables.length === 0 ? undefined : await startDynamo(local.tables);
  return {
    endpoints: {
      AWS_ENDPOINT_URL: shared.url,
      ...(dynamo === undefined ? {} : { AWS_ENDPOINT_URL_DYNAMODB: dynamo.url }),
    },
    async stop() {
      await Promise.all([shared.stop(), dynamo?.stop()]);
    },
  };
}
