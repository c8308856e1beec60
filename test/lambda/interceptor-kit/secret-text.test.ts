import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskJsonWebTokens, maskSecrets } from '../../../lambda/interceptor-kit/message/secret-text';
import { tokenOf } from '../../../lambda/interceptor-kit/testing';
import { proofOf } from '../../../lib/contract/interceptor-proof';

const mask = (text: string): string => maskSecrets(text, '[redacted]');
const JWT = tokenOf({ sub: 'ann' });
const [HEADER = ''] = JWT.split('.');

/** What is a secret by its look alone, each with the part that must not show. */
const SECRETS: readonly [string, string][] = [
  ['a signed token', JWT],
  ['an encrypted token', [HEADER, 'a2V5', 'aXY', 'Y2lwaGVydGV4dA', 'dGFn'].join('.')],
  ['an unsigned token', `${HEADER}.${JWT.split('.')[1]}.`],
  ['an access key of AWS', 'AKIAABCDEFGHIJKLMNOP'],
  ['a temporary key of AWS', 'ASIAABCDEFGHIJKLMNOP'],
  ['a token of GitHub', `ghp_${'a1'.repeat(18)}`],
  ['a fine-grained token of GitHub', `github_pat_${'b2'.repeat(20)}`],
  ['a token of GitLab', `glpat-${'c3'.repeat(10)}`],
  ['a token of Slack', `xoxb-${'1234567890-'.repeat(2)}abc`],
  ['a key of a model provider', `sk-proj-${'d4'.repeat(12)}`],
  ['a proof', proofOf('secret', 'fingerprint')],
  ['a cut proof', proofOf('secret', 'fingerprint').slice(0, 16)],
];

/** What is a secret because of the word before it. */
const NAMED = ['Bearer ', 'bearer  ', 'access_token=', 'id_token=', 'api-key=', 'apikey=', 'password=', 'sig='];

/** What callers put around it: text, JSON in JSON, an address, a list. */
const AROUND: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `got ${secret}, which is no good`,
  (secret) => JSON.stringify({ a: JSON.stringify({ b: secret }) }),
  (secret) => `https://example.com/a?x=${secret}&y=1#z`,
  (secret) => `[${secret},${secret}]`,
  (secret) => `ü${secret}\n`,
];

describe('masking', () => {
  it.each(SECRETS)('takes %s out of every text around it', (_, secret) => {
    for (const around of AROUND) {
      const shown = mask(around(secret));
      expect(shown).toContain('[redacted]');
      // Nothing of it that somebody could use: no run of its second half.
      expect(shown).not.toContain(secret.slice(-Math.ceil(secret.length / 2)));
      expect(mask(shown)).toBe(shown);
    }
  });

  it.each(NAMED)('takes out whatever stands behind `%s`', (word) => {
    for (const value of ['hunter2', 'p%C3%A4ss', 'a.b-c_d~e']) {
      expect(mask(`x ${word}${value} y`)).toBe(`x ${word}[redacted] y`);
    }
  });

  it('leaves what people write about: words, ids, hashes, addresses, versions, file names', () => {
    const texts = [
      'the token is missing, and so is the password',
      'a basic plan for bearers of news',
      'CLM-2025-0015 of 2026-11-20T10:00:00.000Z',
      '0f6c2d1e-6b1f-4d0e-9a52-7f0c9a521111',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'https://example.com/a/b.html?page=2&sort=name',
      'risk-analysis and task-force_2',
      'aws-cdk-lib@2.276.0, node-v20.19.0.tar.gz',
      'monkey business at 10.0.0.1',
    ];
    for (const text of texts) expect(mask(text)).toBe(text);
  });

  it('finds a secret wherever it stands between other characters, and finds nothing twice', () => {
    const noise = fc.string({ unit: fc.constantFrom(...Array.from(' \n"\',.:;/{}[]()=&?ü-_x0')) });
    fc.assert(
      fc.property(noise, fc.constantFrom(...SECRETS), noise, (before, [, secret], after) => {
        // A letter before a known beginning makes it part of a word.
        const text = `${before} ${secret} ${after}`;
        const shown = mask(text);
        expect(shown).not.toContain(secret);
        expect(mask(shown)).toBe(shown);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a time that grows with the text, however much of it looks like a beginning', () => {
    const hostile = ['eyJaaaaa.', 'eyJ.', 'ghp_', 'token=', 'AKIA', '-', 'a-token', 'bearer '];
    const seconds = (text: string): number => {
      const start = process.cpuUsage();
      mask(text);
      maskJsonWebTokens(text, '[redacted]');
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(400_000 / piece.length));
      // Quadratic work on 400 KB takes minutes.
      expect(seconds(text), piece).toBeLessThan(5);
    }
  });
});
