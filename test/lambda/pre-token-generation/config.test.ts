import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../lambda/pre-token-generation/config';

const claim = { name: 'd', source: 'attribute', attribute: 'custom:d', multiValued: false };
const config = { version: 1, claims: [claim], clients: [], apiSignInScopes: [] };

describe('the configuration', () => {
  it('is taken when it is whole', () => {
    expect(parseConfig(JSON.stringify(config))).toEqual(config);
  });

  it.each([
    [{ ...config, version: 2 }],
    [{ ...config, claims: undefined }],
    [{ ...config, clients: [1] }],
    [{ ...config, apiSignInScopes: 'invoke' }],
    [{ ...config, claims: [{ ...claim, name: '' }] }],
    [{ ...config, claims: [{ ...claim, attribute: undefined }] }],
    [{ ...config, claims: [{ ...claim, source: 'standard' }] }],
    [{ ...config, claims: [{ ...claim, source: 'groups' }] }],
    [{ ...config, claims: [{ ...claim, machineValues: [] }] }],
    [null],
  ])('is refused otherwise: %j', (text) => {
    expect(() => parseConfig(JSON.stringify(text))).toThrow(TypeError);
  });
});
