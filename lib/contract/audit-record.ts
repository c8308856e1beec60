import { canonicalJson } from './canonical-json';
import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** Format of audit records. */
export const AUDIT_VERSION = 1;

/** Hash of nothing: what the first record of a writer names as its predecessor. */
export const AUDIT_GENESIS = '0'.repeat(64);

/** One line of the audit log. Records of one writer form a chain: each names the hash of the one before it. */
export interface AuditRecord {
  readonly audit: typeof AUDIT_VERSION;
  /** Id of the function instance that wrote the record. */
  readonly writer: string;
  /** Counts the records of the writer from 0. */
  readonly sequence: number;
  /** Hash of the writer's record before this one. */
  readonly previous: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly point: 'request' | 'response';
  readonly who: { readonly subject: string | null; readonly claims: JsonObject };
  readonly what: {
    readonly method: string | null;
    readonly target?: string;
    readonly tool?: string;
    /** Name of a prompt or address of a resource. */
    readonly name?: string;
    /** SHA-256 of the arguments as canonical JSON. */
    readonly argumentsHash?: string;
    /** Arguments that are recorded in clear. */
    readonly arguments?: JsonObject;
  };
  /**
   * `allowed`, `denied` and `failed` say how the call ended, at the response; `forwarded`, `answered` and `denied` what became of it
   * at the request. `probe` is the service's own discovery call.
   */
  readonly outcome: 'allowed' | 'denied' | 'failed' | 'forwarded' | 'answered' | 'probe';
  readonly reason?: string;
  /**
   * Who says that a call was denied: the interceptor that wrote the record, or the answer that it saw. Only the first cannot be imitated: a
   * target that knows the words of a denial can answer with them.
   */
  readonly toldBy?: 'interceptor' | 'answer';
  /** Milliseconds that the interceptor took at this point. */
  readonly durationMs: number;
  /** Ids by which records, logs and traces of one call find each other. */
  readonly ids: {
    readonly invocation: string;
    readonly message: JsonValue;
    readonly trace?: string;
    readonly session?: string;
  };
  /** SHA-256 of the record without this member, as canonical JSON. */
  readonly hash: string;
}

/** SHA-256 of a text, as 64 small hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** The hash that a record must carry. */
export function auditHash(record: JsonObject, sha256: Sha256): string {
  const { hash: _, ...content } = record;
  return sha256(canonicalJson(content));
}

/** A record's hash, and its line in the log: the text that was hashed, with the hash as the last member. */
export function hashedLine(content: JsonObject, sha256: Sha256): { readonly hash: string; readonly line: string } {
  const text = canonicalJson(content);
  const hash = sha256(text);
  return { hash, line: `${text.slice(0, -1)},"hash":"${hash}"}` };
}

/** Shape check of an unknown value, as far as a chain needs it. */
export function isAuditRecord(value: unknown): value is AuditRecord & JsonObject {
  return (
    isJsonObject(value) &&
    value['audit'] === AUDIT_VERSION &&
    typeof value['writer'] === 'string' &&
    Number.isSafeInteger(value['sequence']) &&
    typeof value['previous'] === 'string' &&
    typeof value['hash'] === 'string'
  );
}
