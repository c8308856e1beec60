import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../lambda/interceptor-kit/chain/logger';
import { tokenOf } from '../../../lambda/interceptor-kit/testing';

function logged(fields: { [name: string]: unknown }, message = 'm', hidden: string[] = []): string {
  const lines: string[] = [];
  createLogger(hidden, (line) => lines.push(line)).info(message, fields);
  return lines.join('\n');
}

const TOKEN = tokenOf({ sub: 'ann' });

describe('createLogger', () => {
  it('writes one JSON object per line', () => {
    expect(JSON.parse(logged({ tool: 'T___x', count: 2 }))).toEqual({
      level: 'INFO',
      message: 'm',
      tool: 'T___x',
      count: 2,
    });
    expect(logged({ text: 'a\nb' }).split('\n')).toHaveLength(1);
  });

  it.each([
    ['a header', { headers: { Authorization: 'Bearer abc' } }, 'abc'],
    ['a token in a text', { text: `got ${TOKEN} here` }, TOKEN.slice(-8)],
    ['a cut token', { text: `${'x'.repeat(980)} ${TOKEN}` }, TOKEN.slice(0, 9)],
    ['a bearer value', { text: 'bearer s3cr3t' }, 's3cr3t'],
    ['an access key', { text: 'AKIAABCDEFGHIJKLMNOP' }, 'AKIAABCDEFGHIJKLMNOP'],
    ['credentials', { credentials: { a: 'hidden' } }, 'hidden'],
    ['a session', { 'Mcp-Session-Id': '7f0c9a52' }, '7f0c9a52'],
    ['an error that quotes a token', { error: new Error(`no ${TOKEN}`) }, TOKEN.slice(-8)],
    ['a list', { list: [{ password: 'pw1' }] }, 'pw1'],
    ['a configured field', { row: { SSN: '123-45' } }, '123-45'],
  ])('hides %s', (_what, fields, secret) => {
    const line = logged(fields, 'm', ['ssn']);
    expect(line).not.toContain(secret);
    expect(line).toContain('[redacted]');
  });

  it('hides tokens in the message itself', () => {
    expect(logged({}, `Bearer ${TOKEN}`)).not.toContain(TOKEN.slice(-8));
  });

  it('never writes a whole event', () => {
    const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`m${index}`, 'v'.repeat(5_000)]));
    expect(logged({ event: wide }).length).toBeLessThan(40_000);
    const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`) as object;
    expect(logged({ deep })).toContain('[cut]');
  });
});
