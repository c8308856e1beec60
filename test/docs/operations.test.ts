import { describe, expect, it } from 'vitest';
import { EXIT } from '../../lib/cli/exit-code';
import { LIMITS } from '../../lib/contract/limits';
import { CATALOGUE } from '../../lib/diagnostics/catalogue';
import { read } from '../house/source-files';

const page = read('docs/operations.md');
const row = (start: string): string => new RegExp(`^\\| ${start}.*$`, 'm').exec(page)?.[0] ?? '';
const grouped = (value: number): string => value.toLocaleString('en-US');

describe('docs/operations.md', () => {
  it.each([
    ['one policy', [LIMITS.statementMaxBytes, LIMITS.statementMinCharacters]],
    ['all policies', [LIMITS.statementTotalBytes, LIMITS.policiesPerEngine]],
    ['Cedar schema', [LIMITS.schemaMaxBytes]],
    ['targets of a gateway', [LIMITS.targetsPerGateway, LIMITS.toolsPerTarget]],
    ['tool name', [LIMITS.toolNameMaxLength]],
    ['writes to policies', [LIMITS.policyWritesPerSecond]],
    ['request or response', [LIMITS.payloadMaxBytes / 1024 / 1024]],
  ])('says the limits that the code has: %s', (start, values) => {
    for (const value of values) expect(row(start)).toContain(` ${grouped(value)} `.trimEnd());
  });

  it('explains every exit code', () => {
    const codes = [...page.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(EXIT));
  });

  it('names codes that exist', () => {
    const codes = [...page.matchAll(/`((?:EMULATOR|POLICY|VERIFY|IDENTITY|GATEWAY)_[A-Z_]+)`/g)].map(
      ([, code]) => code,
    );
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !Object.hasOwn(CATALOGUE, code ?? ''))).toEqual([]);
  });
});
