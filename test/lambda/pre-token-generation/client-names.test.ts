import { describe, expect, it } from 'vitest';
import {
  clientNamesFromEnvironment,
  clientNamesFromParameter,
} from '../../../lambda/pre-token-generation/client-names';

describe('client names from the parameter', () => {
  it('are read once, and again when an unknown client turns up after a while', async () => {
    let reads = 0;
    let now = 0;
    let text = '{"machine":"id-1"}';
    const names = clientNamesFromParameter(
      () => {
        reads += 1;
        return Promise.resolve(text);
      },
      () => now,
    );
    expect(await names('id-1')).toBe('machine');
    expect(await names('id-1')).toBe('machine');
    expect(await names('id-2')).toBeUndefined();
    expect(reads).toBe(1);
    text = '{"machine":"id-1","nightly":"id-2"}';
    now = 60_000;
    expect(await names('id-2')).toBe('nightly');
    expect(reads).toBe(2);
  });

  it('reject a parameter that is not whole, and try again next time', async () => {
    const texts = ['not JSON', '[]', '{"machine":""}', '{"machine":1}', '{"machine":"id-1"}'];
    const names = clientNamesFromParameter(
      () => Promise.resolve(texts.shift() ?? ''),
      () => 0,
    );
    for (let attempt = 0; attempt < 4; attempt += 1) await expect(names('id-1')).rejects.toThrow();
    expect(await names('id-1')).toBe('machine');
  });
});

describe('client names from the environment', () => {
  it('are there when every client is', async () => {
    const environment = { CLIENT_ID_NIGHTLY_REPORT: 'id-1', CLIENT_ID_PEOPLE: 'id-2' };
    const names = clientNamesFromEnvironment(['nightly-report', 'people'], environment);
    expect(await names?.('id-1')).toBe('nightly-report');
    expect(await names?.('id-3')).toBeUndefined();
    expect(clientNamesFromEnvironment(['machine'], environment)).toBeUndefined();
  });
});
