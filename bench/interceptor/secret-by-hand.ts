import { createHmac } from 'node:crypto';
import { type BenchEvent, goOn } from './by-hand';

let secret: Promise<string> | undefined;

async function readSecret(): Promise<string> {
  const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  const command = new GetSecretValueCommand({ SecretId: process.env['PROOF_SECRET_ARN'] });
  return (await new SecretsManagerClient({}).send(command)).SecretString ?? '';
}

/** The least that puts something derived from a secret into an argument: what of a first call is the SDK's. */
export const handler = async (event: unknown): Promise<unknown> => {
  secret ??= readSecret();
  const call = event as BenchEvent;
  const proof = createHmac('sha256', await secret)
    .update('fingerprint')
    .digest('hex');
  return goOn(call, { ...call.mcp.gatewayRequest.body.params.arguments, proof });
};
