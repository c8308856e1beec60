import { AUDIT_GENESIS, type AuditRecord, auditHash, isAuditRecord, type Sha256 } from './audit-record';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { repeatsName } from './repeated-names';

/**
 * What is wrong with an audit log: `edited` a record does not have its own hash; `gap` records are missing; `broken-link` a record does not
 * follow from the one before it; `conflict` two records claim the same place; `unreadable` a line that begins like a record is none.
 */
export interface AuditFlaw {
  readonly kind: 'edited' | 'gap' | 'broken-link' | 'conflict' | 'unreadable';
  /** Line of the file, from 1. */
  readonly line: number;
  readonly writer?: string;
  readonly sequence?: number;
  /** How many records are missing. */
  readonly missing?: number;
}

export interface AuditVerification {
  readonly records: number;
  readonly writers: number;
  /** Other lines, such as those of the logger. */
  readonly otherLines: number;
  readonly flaws: readonly AuditFlaw[];
}

export interface AuditVerifyOptions {
  /** Whether the log may begin in the middle of a chain, as an export of a period does. @default false */
  readonly partial?: boolean;
}

interface Placed {
  readonly line: number;
  readonly record: AuditRecord;
}

/** Text with which every record begins, also where a log holds it as a text of its own. */
const RECORD_START = /\{\\?"audit\\?":/;

/**
 * Checks every chain of an audit log. Lines may carry whatever a log puts before the record, may come in any order and more than once, and
 * may belong to many writers; an answer of CloudWatch Logs (`{"events": [{"message": ...}]}`) is read as well.
 *
 * A log that lost the last records of a writer cannot be told from a shorter one: keep a second copy, such as a delivery stream.
 */
export function verifyAuditLog(text: string, sha256: Sha256, options: AuditVerifyOptions = {}): AuditVerification {
  const flaws: AuditFlaw[] = [];
  const chains = new Map<string, Placed[]>();
  let records = 0;
  let otherLines = 0;
  for (const [index, content] of linesOf(text).entries()) {
    if (!RECORD_START.test(content)) {
      if (content.trim() !== '') otherLines++;
      continue;
    }
    const record = readRecord(content);
    const line = index + 1;
    if (record === undefined) {
      flaws.push({ kind: 'unreadable', line });
      continue;
    }
    records++;
    if (auditHash(record, sha256) !== record.hash) flaws.push(flawAt('edited', { line, record }));
    chains.set(record.writer, [...(chains.get(record.writer) ?? []), { line, record }]);
  }
  for (const chain of chains.values()) flaws.push(...checkChain(chain, options.partial ?? false));
  return { records, writers: chains.size, otherLines, flaws: flaws.sort((a, b) => a.line - b.line) };
}

function checkChain(chain: readonly Placed[], partial: boolean): AuditFlaw[] {
  const flaws: AuditFlaw[] = [];
  const ordered = [...chain].sort((a, b) => a.record.sequence - b.record.sequence || a.line - b.line);
  let before: AuditRecord | undefined;
  for (const placed of ordered) {
    const { sequence, previous, hash } = placed.record;
    if (before !== undefined && sequence === before.sequence) {
      // The gateway may deliver a line twice; two different records at one place are something else.
      if (hash !== before.hash) flaws.push(flawAt('conflict', placed));
      continue;
    }
    const expected = before === undefined ? (partial ? sequence : 0) : before.sequence + 1;
    if (sequence !== expected) flaws.push({ ...flawAt('gap', placed), missing: sequence - expected });
    else if (before !== undefined ? previous !== before.hash : sequence === 0 && previous !== AUDIT_GENESIS) {
      flaws.push(flawAt('broken-link', placed));
    }
    before = placed.record;
  }
  return flaws;
}

function flawAt(kind: AuditFlaw['kind'], { line, record }: Placed): AuditFlaw {
  return { kind, line, writer: record.writer, sequence: record.sequence };
}

function linesOf(text: string): string[] {
  const whole = text.trimStart().startsWith('{') ? parsed(text) : undefined;
  if (!isJsonObject(whole) || !Array.isArray(whole['events'])) return text.split('\n');
  return whole['events'].map((event) =>
    isJsonObject(event) && typeof event['message'] === 'string' ? event['message'] : '',
  );
}

type ReadRecord = AuditRecord & JsonObject;

/**
 * A record as it is, in the `message` of a log entry, or behind whatever a log puts before it. A line that says a name twice is none:
 * its hash covers one of the two values, and somebody may read the other.
 */
function readRecord(line: string): ReadRecord | undefined {
  const whole = parsedOnce(line);
  if (isAuditRecord(whole)) return whole;
  if (isJsonObject(whole)) {
    const { message } = whole;
    return typeof message === 'string' ? readRecord(message) : isAuditRecord(message) ? message : undefined;
  }
  const start = line.search(RECORD_START);
  const record = start < 0 ? undefined : parsedOnce(line.slice(start, line.lastIndexOf('}') + 1));
  return isAuditRecord(record) ? record : undefined;
}

function parsedOnce(text: string): unknown {
  const value = parsed(text);
  return value === undefined || repeatsName(text, value) ? undefined : value;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
