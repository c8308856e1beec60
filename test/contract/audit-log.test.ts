import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditFlaw, verifyAuditLog } from '../../lib/contract/audit-log';
import { AUDIT_GENESIS, auditHash } from '../../lib/contract/audit-record';
import { canonicalJson } from '../../lib/contract/canonical-json';
import type { JsonObject, JsonValue } from '../../lib/contract/json';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function chain(writer: string, length: number): string[] {
  let previous = AUDIT_GENESIS;
  return Array.from({ length }, (_, sequence) => {
    const record: JsonObject = { audit: 1, writer, sequence, previous, outcome: 'allowed', n: sequence };
    previous = auditHash(record, sha256);
    return JSON.stringify({ ...record, hash: previous });
  });
}

const verify = (lines: readonly string[], partial = false) => verifyAuditLog(lines.join('\n'), sha256, { partial });
const kinds = (flaws: readonly AuditFlaw[]): string[] => flaws.map((flaw) => flaw.kind);

describe('verifyAuditLog', () => {
  const lines = chain('a', 6);

  it('finds nothing wrong with whole chains, in any order and more than once', () => {
    const mixed = [...chain('b', 3).reverse(), '', 'START RequestId: 1', ...lines, ...lines, '{"level":"INFO"}'];
    expect(verify(mixed)).toEqual({ records: 15, writers: 2, otherLines: 2, flaws: [] });
  });

  it.each<[string, string[], AuditFlaw[]]>([
    [
      'an edit',
      lines.map((line, n) => (n === 2 ? line.replace('"n":2', '"n":3') : line)),
      [{ kind: 'edited', line: 3, writer: 'a', sequence: 2 }],
    ],
    [
      'a missing record',
      lines.filter((_, n) => n !== 2),
      [{ kind: 'gap', line: 3, writer: 'a', sequence: 3, missing: 1 }],
    ],
    ['a missing beginning', lines.slice(2), [{ kind: 'gap', line: 1, writer: 'a', sequence: 2, missing: 2 }]],
    [
      'a second value for a name, which other readers may take',
      lines.map((line, n) => (n === 2 ? line.replace('{', '{"audit":1,"outcome":"denied",') : line)),
      [
        { kind: 'unreadable', line: 3 },
        { kind: 'gap', line: 4, writer: 'a', sequence: 3, missing: 1 },
      ],
    ],
    ['a broken line', ['{"audit":1,"writer":"a"', ...lines], [{ kind: 'unreadable', line: 1 }]],
  ])('finds %s', (_what, log, flaws) => {
    expect(verify(log).flaws).toEqual(flaws);
  });

  it('finds a record that was replaced with its hash, by the one after it', () => {
    const forged = JSON.parse(lines[2] ?? '') as JsonObject;
    forged['outcome'] = 'denied';
    forged['hash'] = auditHash(forged, sha256);
    const log = lines.map((line, n) => (n === 2 ? JSON.stringify(forged) : line));
    expect(kinds(verify(log).flaws)).toEqual(['broken-link']);
    expect(kinds(verify([...lines, JSON.stringify(forged)]).flaws)).toEqual(['conflict']);
  });

  it('finds a chain that begins anew with a forged first record', () => {
    const first = JSON.parse(lines[0] ?? '') as JsonObject;
    first['previous'] = 'f'.repeat(64);
    first['hash'] = auditHash(first, sha256);
    expect(kinds(verify([JSON.stringify(first)]).flaws)).toEqual(['broken-link']);
  });

  it('takes a part of a log for one when told so', () => {
    expect(verify(lines.slice(3), true).flaws).toEqual([]);
    expect(kinds(verify([...lines.slice(3, 4), ...lines.slice(5)], true).flaws)).toEqual(['gap']);
  });

  it('reads what logs put around records', () => {
    const prefixed = lines.map((line) => `2026-11-20T10:00:00.000Z\t${line}  `);
    expect(verify(prefixed)).toMatchObject({ records: 6, flaws: [] });
    const entries = lines.map((line, n) => {
      const message: unknown = n % 2 === 0 ? line : JSON.parse(line);
      return JSON.stringify({ timestamp: '2026-11-20T10:00:00Z', level: 'INFO', message });
    });
    expect(verify(entries)).toMatchObject({ records: 6, otherLines: 0, flaws: [] });
    const events = { events: [...lines.map((message) => ({ message, timestamp: 1 })), { message: 1 }] };
    expect(verify([JSON.stringify(events, undefined, 2)])).toMatchObject({ records: 6, flaws: [] });
  });

  it('finds every single change of a character within a record', () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(), fc.constantFrom('0', 'x', '}', ' '), (index, at, character) => {
        const line = lines[index] ?? '';
        const place = at % line.length;
        const changed = line.slice(0, place) + character + line.slice(place + 1);
        const log = lines.map((original, n) => (n === index ? changed : original));
        const isSame = changed === line || canonicalOf(changed) === canonicalOf(line);
        // The last record can lose its beginning, and then nothing tells it from a shorter log.
        const isLost = index === lines.length - 1 && !changed.startsWith('{"audit":');
        expect(verify(log).flaws.length > 0).toBe(!isSame && !isLost);
      }),
      { numRuns: 2_000 },
    );
  });
});

function canonicalOf(text: string): string | undefined {
  try {
    return canonicalJson(JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}
