import type { Credentials, STSClient } from '@aws-sdk/client-sts';

/** What is asked of STS. */
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

let loading: Promise<{ client: STSClient; sdk: typeof import('@aws-sdk/client-sts') }> | undefined;

/** Asks STS: AssumeRoleWithWebIdentity when there is a token, otherwise AssumeRole. The SDK loads with the first exchange. */
export async function exchangeWithSts(request: ExchangeRequest, signal: AbortSignal): Promise<TemporaryCredentials> {
  loading ??= load();
  const { client, sdk } = await loading;
  const { role, sessionName, durationSeconds, tags, token } = request;
  const common = { RoleArn: role, RoleSessionName: sessionName, DurationSeconds: durationSeconds };
  const sessionTags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { Credentials: credentials } =
    token === undefined
      ? await client.send(new sdk.AssumeRoleCommand({ ...common, Tags: sessionTags }), { abortSignal: signal })
      : await client.send(new sdk.AssumeRoleWithWebIdentityCommand({ ...common, WebIdentityToken: token }), {
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

async function load(): Promise<{ client: STSClient; sdk: typeof import('@aws-sdk/client-sts') }> {
  const sdk = await import('@aws-sdk/client-sts');
  return { client: new sdk.STSClient({ maxAttempts: 2 }), sdk };
}
