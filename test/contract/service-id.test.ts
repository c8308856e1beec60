import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatewayNameOf, isResourceId, policyNameOf } from '../../lib/contract/service-id';

const policyName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,47}$/);
const gatewayName = fc.stringMatching(/^([0-9a-z]-?){1,47}[0-9a-z]$/);

// Covers ids.of-names
describe('a name', () => {
  it('is found in the id of a policy, also of one that ends with underscores, and is itself', () => {
    fc.assert(
      fc.property(policyName, fc.stringMatching(/^[a-z0-9_]{10}$/), (name, ending) => {
        expect([policyNameOf(`${name}-${ending}`), policyNameOf(name)]).toEqual([name, name]);
        expect([isResourceId(`${name}-${ending}`), isResourceId(name)]).toEqual([true, false]);
      }),
    );
    expect(policyNameOf('owners_only_8c16f58e-abcd_fgh_j')).toBe('owners_only_8c16f58e');
  });

  it('is found in the id of a gateway, whatever hyphens it has', () => {
    fc.assert(
      fc.property(gatewayName, fc.stringMatching(/^[0-9a-z]{10}$/), (name, ending) => {
        expect(gatewayNameOf(`${name}-${ending}`)).toBe(name);
      }),
    );
  });

  it.each(['restart-and-permissions', 'freeze', 'a-b_c', 'freeze-PRODUCTION', '9owners-abcdefghij', ''])(
    'is not cut where it is no id of a policy: `%s`',
    (text) => {
      expect(policyNameOf(text)).toBe(text);
    },
  );
});
