import { LOOPBACK } from '../../contract/loopback';
import type { LocalManifest } from '../../contract/manifest';
import { serve } from '../http/server';
import { LocalAthena } from './athena';
import { type AwsService, awsEndpoint } from './aws-endpoint';
import { startDynamo } from './dynamodb';
import { checkSeeds } from './sql/role-database';
import { LocalSts } from './sts';

/** The AWS services that functions reach, all on this machine. */
export interface LocalCloud {
  /** Variables that point AWS clients here. */
  readonly endpoints: { readonly [name: string]: string };
  /** Packages of the AWS SDK whose services have a stand-in. */
  readonly sdkClients: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts the stand-ins that an application needs.
 *
 * @param directory folder that example data is relative to
 */
export async function startCloud(local: LocalManifest, directory: string): Promise<LocalCloud> {
  const routes = awsEndpoint(await services(local, directory));
  const shared = await serve(LOOPBACK, 0, () => routes);
  const dynamo = local.tables.length === 0 ? undefined : await startDynamo(local.tables);
  return {
    endpoints: {
      AWS_ENDPOINT_URL: shared.url,
      ...(dynamo === undefined ? {} : { AWS_ENDPOINT_URL_DYNAMODB: dynamo.url }),
    },
    sdkClients: [
      ...(dynamo === undefined ? [] : ['@aws-sdk/client-dynamodb']),
      ...(local.athena === undefined ? [] : ['@aws-sdk/client-sts', '@aws-sdk/client-athena']),
    ],
    async stop() {
      await Promise.all([shared.stop(), dynamo?.stop()]);
    },
  };
}

async function services({ athena }: LocalManifest, directory: string): Promise<AwsService[]> {
  if (athena === undefined) return [];
  await checkSeeds(athena, directory);
  const sts = new LocalSts(athena.roles);
  return [sts, new LocalAthena(athena, directory, sts)];
}
