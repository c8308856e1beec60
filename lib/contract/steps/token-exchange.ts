import type { ToolSelectors } from './selectors';

/** Exchanges the caller's identity for AWS credentials of a role and hands them to targets in headers. */
export interface TokenExchangeConfig {
  readonly exchanges: readonly {
    readonly tools: ToolSelectors;
    /** Name of the environment variable that holds the role's ARN. */
    readonly roleVariable: string;
    /** `assume-role`: the interceptor vouches for the tags. `web-identity`: STS verifies the caller's token itself. */
    readonly method: 'assume-role' | 'web-identity';
    /** Session tags by key, with the claim that holds the value. Only for `assume-role`. */
    readonly sessionTags: { readonly [key: string]: string };
    /** Seconds. */
    readonly durationSeconds: number;
    readonly headers: CredentialHeaders;
  }[];
}

/** Where credentials go. Either one `authorization` header, or three headers that the target's configuration must allow. */
export interface CredentialHeaders {
  /** `Authorization: <scheme> <base64 of {accessKeyId, secretAccessKey, sessionToken}>` */
  readonly authorizationScheme?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}
