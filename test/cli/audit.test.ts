import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { AUDIT_GENESIS, auditHash } from '../../lib/contract/audit-record';
import type { JsonObject } from '../../lib/contract/json';
import { CommandLine } from './command-line';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function log(length: number): string[] {
  let previous = AUDIT_GENESIS;
  return Array.from({ length }, (_, sequence) => {
    const record: JsonObject = { audit: 1, writer: 'w-1', sequence, previous, outcome: 'allowed' };
    previous = auditHash(record, sha256);
    return JSON.stringify({ ...record, hash: previous });
  });
}

const lines = log(3);
const app = new CommandLine({
  'whole.log': `START RequestId: 1\n${lines.join('\n')}\n`,
  'edited.log': lines.join('\n').replace('allowed', 'denied'),
  'gap.log': `${lines[0]}\n${lines[2]}\n`,
  'late.log': lines.slice(1).join('\n'),
  'empty.log': 'nothing here\n',
});
afterAll(() => app.remove());

describe('governed-gateway audit verify', () => {
  it('says that a log is unbroken', async () => {
    expect(await app.run(['audit', 'verify', 'whole.log'])).toEqual({
      code: 0,
      out: '3 records of 1 writer: unbroken\n',
      err: '',
    });
    expect((await app.run(['audit', 'verify', '-'], lines.join('\n'))).code).toBe(0);
  });

  it('shows an edit with its place and what to do', async () => {
    const { code, out, err } = await app.run(['audit', 'verify', 'edited.log']);
    expect({ code, out }).toEqual({ code: 4, out: '3 records of 1 writer: 1 flaw\n' });
    expect(err).toContain('error[AUDIT_EDITED]: record `0` of writer `w-1` was changed after it was written');
    expect(err).toContain('--> edited.log:1:1');
    expect(err).toContain('help: ');
  });

  it('shows a gap, unless the log may begin late', async () => {
    const gap = await app.run(['audit', 'verify', 'gap.log']);
    expect(gap.code).toBe(4);
    expect(gap.err).toContain('records are missing before record `2` of writer `w-1`: `1`');
    expect((await app.run(['audit', 'verify', 'late.log'])).code).toBe(4);
    expect((await app.run(['audit', 'verify', 'late.log', '--partial'])).code).toBe(0);
  });

  it('answers programs', async () => {
    const { out } = await app.run(['audit', 'verify', 'gap.log', '--format', 'json']);
    expect(JSON.parse(out)).toEqual({
      records: 2,
      writers: 1,
      otherLines: 0,
      flaws: [{ kind: 'gap', line: 2, writer: 'w-1', sequence: 2, missing: 1 }],
    });
  });

  it('tells a log without records from an unbroken one', async () => {
    const { code, err } = await app.run(['audit', 'verify', 'empty.log']);
    expect(code).toBe(3);
    expect(err).toContain('AUDIT_NO_RECORDS');
  });

  it('does nothing but verify', async () => {
    const { code, err } = await app.run(['audit', 'repair', 'whole.log']);
    expect(code).toBe(1);
    expect(err).toContain('`audit` cannot run');
  });
});
