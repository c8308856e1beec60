import { delimiter } from 'node:path';
import type { FunctionManifest } from '../../contract/manifest';
import type { Resolver } from '../../contract/template-values';
import { LOCAL_REGION } from '../template-values';

/** Environment that the Lambda service gives to every function; nothing of the developer's own, real credentials least of all. */
export interface ServiceEnvironment {
  /** Endpoint variables of the local stand-ins. */
  readonly endpoints: { readonly [name: string]: string };
  /** Packages of the AWS SDK whose services have a stand-in. */
  readonly sdkClients: readonly string[];
  /** `node_modules` folders that hold what bundles leave out. */
  readonly modules: readonly string[];
}

export function functionEnvironment(
  name: string,
  manifest: FunctionManifest,
  directory: string,
  service: ServiceEnvironment,
  resolve: Resolver,
): { [name: string]: string } {
  const own = Object.entries(manifest.environment).map(([key, value]): [string, string] => [key, resolve(value)]);
  return {
    ...Object.fromEntries(own),
    PATH: process.env['PATH'] ?? '',
    TZ: ':UTC',
    NODE_PATH: service.modules.join(delimiter),
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(manifest.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    LAMBDA_TASK_ROOT: directory,
    _HANDLER: manifest.handler,
    AWS_ACCESS_KEY_ID: functionAccessKey(name),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...service.endpoints,
  };
}

/** The access key id that a function signs requests with, by which stand-ins know its role. */
export function functionAccessKey(name: string): string {
  return `FUNCTION${name.replace(/[^A-Za-z0-9]/g, '')}`;
}
