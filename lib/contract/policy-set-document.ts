import { createHash } from 'node:crypto';
import type { PolicyEnforcement, ValidationMode } from './decision';

/** Where a policy was written, for messages. Lines and columns count from 1. */
export interface PolicyOrigin {
  /** Path as the user would type it, relative to the app's directory; `inline` for policies in code. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One policy as it is to be deployed. */
export interface DesiredPolicy {
  /** Id in the sources, for example `lakehouse/login-audit`. Of a part, see `partOf`: `readers (part 01)`. */
  readonly id: string;
  /** Id of the policy that this is a part of: one on a class with more tools than a statement can name. @default - it is a whole policy */
  readonly partOf?: string;
  /** Name on the service: pattern of policy names, unique in the account and Region. */
  readonly name: string;
  readonly effect: 'permit' | 'forbid';
  readonly description?: string;
  /**
   * The statement's text, cut where the gateway's ARN goes: `statementParts.join(gatewayArn)` is the statement.
   * A single part means that no gateway is named.
   */
  readonly statementParts: readonly string[];
  readonly validationMode: ValidationMode;
  readonly enforcementMode: PolicyEnforcement;
  readonly origin: PolicyOrigin;
  /** Name of the baseline that brings it. @default - the app has it */
  readonly baseline?: string;
}

/** The asset from which the policy set custom resource reads what is desired. */
export interface PolicySetDocument {
  readonly version: 1;
  readonly policies: readonly DesiredPolicy[];
  /** What the interceptors prove that the guards of the set ask for, see `interceptor-proof.ts`. @default - the set asks for no proof */
  readonly proof?: { readonly fingerprint: string };
}

/** Hash of a document's bytes as they lie in the bucket: SHA-256 in hexadecimal digits. A document with another one is not read. */
export function documentHash(document: string | Uint8Array): string {
  return createHash('sha256').update(document).digest('hex');
}
