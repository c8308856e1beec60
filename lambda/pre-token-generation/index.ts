import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS_PARAMETER_VARIABLE, PRE_TOKEN_CONFIG_FILE } from '../../lib/contract/pre-token-config';
import { clientNamesFromEnvironment, clientNamesFromParameter } from './client-names';
import { parseConfig } from './config';
import { customizeToken, type TokenOverrides } from './handler';

// A configuration that cannot be read fails every invocation, and with it every token.
const config = parseConfig(readFileSync(join(__dirname, PRE_TOKEN_CONFIG_FILE), 'utf8'));
const clientNames =
  clientNamesFromEnvironment(config.clients, process.env) ?? clientNamesFromParameter(readClientIds, Date.now);

/** Milliseconds. Two attempts fit into the 5 seconds after which Cognito gives up. The SDK only warns of a request timeout unless it is told to throw. */
const READ_LIMITS = { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true };
/** For both attempts, whatever the SDK of the runtime makes of its own limits. */
const READ_TIME = 3_500;

/** Pre-token-generation trigger of a Cognito user pool, version 2 or 3. */
export async function handler<E extends object>(event: E): Promise<E & { response: TokenOverrides }> {
  const { response, record } = await customizeToken(event, config, clientNames);
  console.log(record);
  return { ...event, response };
}

/** Loaded on first use only: most pools have no claim that depends on the client, and local runs have no parameter. */
async function readClientIds(): Promise<string> {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient({ maxAttempts: 2, requestHandler: READ_LIMITS });
  const command = new GetParameterCommand({ Name: process.env[CLIENTS_PARAMETER_VARIABLE] });
  const answer = await client.send(command, { abortSignal: AbortSignal.timeout(READ_TIME) });
  if (answer.Parameter?.Value === undefined) throw new Error('the parameter with the ids of the clients has no value');
  return answer.Parameter.Value;
}
