import { describe, expect, it } from 'vitest';
import { checkReferences } from '../../../../lib/policy/testing/run/check-references';
import { bank, GEOGRAPHY, permit, tests } from '../fixture';

describe('names in a test file', () => {
  const found = (cases: string, trusted = [GEOGRAPHY]): string[] => {
    const file = tests(`personas: { ann: {} }\ntests:\n${cases}`);
    return checkReferences(file, bank(permit('transfer'), { trusted })).map(
      ({ code, help, location }) => `${code} ${location?.line}: ${help}`,
    );
  };

  it('must be tools, policies and trusted fields of the gateway', () => {
    expect(
      found(`  - { as: ann, call: Bank___transfr, expect: DENY }
  - { as: ann, list: { includes: [Bank___transfer], excludes: [Bank__close_account] } }
  - { as: ann, call: Bank___transfer, expect: { decision: ALLOW, determining: [inlin], flips: [other-policy] } }
  - { as: ann, call: Bank___transfer, trusted: { geograpy: EU }, expect: DENY }`),
    ).toEqual([
      'TEST_TOOL_UNKNOWN 3: did you mean `Bank___transfer`?',
      'TEST_TOOL_UNKNOWN 4: did you mean `Bank___close_account`?',
      'TEST_POLICY_UNKNOWN 5: did you mean `inline`?',
      'TEST_POLICY_UNKNOWN 5: name policies by their id: `@id`, or the path of their file',
      'TEST_TRUSTED_FIELD_UNKNOWN 6: did you mean `geography`?',
    ]);
  });

  it('are reported once each, and trusted fields are free where nobody declares them', () => {
    const twice = '  - { as: ann, call: Bank___x, expect: DENY }\n  - { as: ann, call: Bank___x, expect: DENY }\n';
    expect(found(twice)).toHaveLength(1);
    expect(found('  - { as: ann, call: Bank___transfer, trusted: { anything: 1 }, expect: DENY }', [])).toEqual([]);
  });
});
