import { describe, expect, it } from 'vitest';
import { EXIT, exitCodeOf } from '../../lib/cli/exit-code';
import { CATALOGUE, SUBJECTS } from '../../lib/diagnostics/catalogue';
import { diagnosticReference } from '../../lib/diagnostics/reference';
import { VOICE } from './voice';

describe('the catalogue', () => {
  const reference = diagnosticReference().flatMap(({ entries }) => entries);

  it('gives every code once', () => {
    const keys = Object.values(SUBJECTS).flatMap((entries) => Object.keys(entries));
    expect(keys.toSorted()).toEqual(Object.keys(CATALOGUE).toSorted());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has codes that can be read', () => {
    const unreadable = reference.filter(({ code }) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code));
    expect(unreadable).toEqual([]);
  });

  it.each(Object.entries(VOICE))('%s', (_, isKept) => {
    const broken = reference.filter((entry) => !isKept(entry));
    expect(broken.map(({ code, message, help }) => `${code}: ${message}; ${help}`)).toEqual([]);
  });

  it('tells by the severity how a command ends', () => {
    for (const { severity } of reference) {
      const finding = { code: 'COMMAND_UNKNOWN', severity, message: '', help: '' } as const;
      expect(exitCodeOf([finding])).toBe(severity === 'stop' ? EXIT.couldNotRun : EXIT.invalid);
    }
  });
});
