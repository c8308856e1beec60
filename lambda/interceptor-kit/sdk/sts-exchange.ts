import type { Credentials } from '@aws-sdk/client-sts';
import { makeAtFirstUse } from './make-at-first-use';

/** A request to STS. */
export interface ExchangeRequest {
  /** ARN. */
  readonly role: string;
  readonly sessionName: string;
  readonly subject: string;
  readonly durationSeconds: number;
  readonly tags: { readonly [key: string]: string };
  /** The caller's own token, for AssumeRoleWithWebIdentity. */
  readonly token?: string;
}

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expires: Date;
}

const sdk = makeAtFirstUse(async () => {
  const loaded = await import('@aws-sdk/client-sts');
  return { ...loaded, client: new loaded.STSClient({ maxAttempts: 2 }) };
});

/** Asks STS: AssumeRoleWithWebIdentity when there is a token, otherwise AssumeRole. The SDK loads with the first exchange. */
export async function exchangeWithSts(request: ExchangeRequest, signal: AbortSignal): Promise<TemporaryCredentials> {
  const { client, AssumeRoleCommand, AssumeRoleWithWebIdentityCommand } = await sdk();
  const { role, sessionName, durationSeconds, tags, token } = request;
  const common = { RoleArn: role, RoleSessionName: sessionName, DurationSeconds: durationSeconds };
  const sessionTags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { Credentials: credentials } =
    token === undefined
      ? await client.send(new AssumeRoleCommand({ ...common, Tags: sessionTags }), { abortSignal: signal })
      : await client.send(new AssumeRoleWithWebIdentityCommand({ ...common, WebIdentityToken: token }), {
          abortSignal: signal,
        });
  return complete(credentials);
}

function complete(credentials: Credentials | undefined): TemporaryCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) throw new Error('STS gave no credentials');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expires: Expiration,
  };
}
