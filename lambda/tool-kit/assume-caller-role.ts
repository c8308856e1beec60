/** Credentials in the form that AWS SDK clients accept. Keep them inside the function: never in a result, an argument or a log. */
export interface CallerCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** AssumeRole of AWS STS, as far as it is used here. */
export type AssumeRole = (request: AssumeRoleRequest) => Promise<AssumeRoleResponse>;

export interface AssumeRoleRequest {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds: number;
  readonly Tags: { Key: string; Value: string }[];
}

export interface AssumeRoleResponse {
  readonly Credentials?:
    | {
        readonly AccessKeyId?: string | undefined;
        readonly SecretAccessKey?: string | undefined;
        readonly SessionToken?: string | undefined;
        readonly Expiration?: Date | undefined;
      }
    | undefined;
}

export interface CallerRoleOptions {
  /** Role to assume, chosen from trusted context. Its trust policy must allow `sts:AssumeRole`, and `sts:TagSession` for tags. */
  readonly roleArn: string;
  /** Session tags, from trusted context only. @default - none */
  readonly tags?: { readonly [key: string]: string };
  /** Who is acting, for CloudTrail. Characters that STS refuses are replaced. @default 'governed-gateway' */
  readonly sessionName?: string;
  /** 900 to 43,200 seconds. STS allows at most 3,600 from a Lambda function, because of role chaining. @default 900 */
  readonly durationSeconds?: number;
  /** Calls STS. @default - the AWS SDK of the Lambda runtime, loaded at the first call */
  readonly assumeRole?: AssumeRole;
}

/** Credentials are renewed when they have less than this left. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** More sessions than this in one execution environment are not remembered, so that memory stays bounded. */
const CACHE_MAX = 200;

const cache = new Map<string, CallerCredentials>();

/**
 * Credentials of a role under which a tool works for its caller, so that IAM and Lake Formation decide what the caller may see.
 * Remembered per role, session name and tags until shortly before they expire.
 *
 * @throws Error when STS refuses or answers without credentials
 *
 * @example
 * const credentials = await assumeCallerRole({
 *   roleArn: 'arn:aws:iam::111122223333:role/adjusters',
 *   tags: { department: 'claims' },
 * });
 */
export async function assumeCallerRole(options: CallerRoleOptions): Promise<CallerCredentials> {
  const request: AssumeRoleRequest = {
    RoleArn: options.roleArn,
    RoleSessionName: sessionName(options.sessionName ?? 'governed-gateway'),
    DurationSeconds: options.durationSeconds ?? 900,
    Tags: Object.entries(options.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  };
  const key = JSON.stringify(request);
  const known = cache.get(key);
  if (known && known.expiration.getTime() - Date.now() > RENEW_BEFORE_MS) return known;

  const { Credentials } = await (options.assumeRole ?? assumeRoleOfSdk)(request);
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Error('STS answered without credentials');
  }
  const credentials: CallerCredentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
  cache.delete(key);
  const oldest = cache.keys().next();
  if (cache.size >= CACHE_MAX && !oldest.done) cache.delete(oldest.value);
  cache.set(key, credentials);
  return credentials;
}

/** STS takes 2 to 64 characters of this set (AWS STS API reference, AssumeRole). */
function sessionName(name: string): string {
  return name
    .replace(/[^\w+=,.@-]/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');
}

let sdk: Promise<AssumeRole> | undefined;

/** The SDK is only loaded when it is used: the Lambda runtime carries it, and tools that assume no role do not pay for it. */
async function assumeRoleOfSdk(request: AssumeRoleRequest): Promise<AssumeRoleResponse> {
  sdk ??= connect();
  return await (await sdk)(request);
}

async function connect(): Promise<AssumeRole> {
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  // By itself, the SDK only warns of the time that a call without an answer takes, and the tool would hang until Lambda ends it.
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
  const client = new STSClient({ requestHandler });
  return (request) => client.send(new AssumeRoleCommand(request));
}
