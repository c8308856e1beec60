import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { type HttpReply, type HttpRequest, jsonReply } from '../../http/exchange';
import { jsonError, startService } from '../aws-protocol';
import type { EdgeService } from '../edge-service';

/** AWS Secrets Manager, as far as functions read the application's secrets. */
export const secretsManager: EdgeService = {
  environment: (url) => ({ AWS_ENDPOINT_URL_SECRETS_MANAGER: url }),
  sdkClients: () => ['@aws-sdk/client-secrets-manager'],
  start: async ({ secrets }) =>
    secrets.size === 0 ? undefined : await startService(async (request) => answer(request, secrets)),
};

function answer(request: HttpRequest, secrets: ReadonlyMap<string, string>): HttpReply {
  const operation = request.headers['x-amz-target']?.replace(/^secretsmanager\./, '');
  if (operation !== 'GetSecretValue')
    return jsonError('NotImplementedByEmulator', `${operation} has no local stand-in`);
  const id = secretIdOf(request);
  const value = secrets.get(id);
  if (value === undefined)
    return jsonError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  const body: JsonObject = {
    ARN: id,
    Name: id,
    VersionId: 'local',
    SecretString: value,
    VersionStages: ['AWSCURRENT'],
  };
  return jsonReply(body, 200, { 'content-type': 'application/x-amz-json-1.1' });
}

function secretIdOf({ body }: HttpRequest): string {
  try {
    const parsed = JSON.parse(body.toString()) as JsonValue;
    const id = isJsonObject(parsed) ? parsed['SecretId'] : undefined;
    return typeof id === 'string' ? id : '';
  } catch {
    return '';
  }
}
