import { makeAtFirstUse } from './make-at-first-use';

const sdk = makeAtFirstUse(async () => {
  const loaded = await import('@aws-sdk/client-secrets-manager');
  return { ...loaded, client: new loaded.SecretsManagerClient({ maxAttempts: 2 }) };
});

/** The current value of a secret in AWS Secrets Manager. Rejects when it cannot be read, or is no text. */
export async function readSecret(secretId: string, signal: AbortSignal): Promise<string> {
  const { client, GetSecretValueCommand } = await sdk();
  const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId }), { abortSignal: signal });
  if (answer.SecretString === undefined || answer.SecretString === '') throw new Error('the secret has no text');
  return answer.SecretString;
}
