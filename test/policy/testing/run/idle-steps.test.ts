import { expect, it } from 'vitest';
import { readTestFile } from '../../../../lib/policy/testing/file/read-test-file';
import type { GatewayUnderTest } from '../../../../lib/policy/testing/run/gateway-under-test';
import { idleSteps } from '../../../../lib/policy/testing/run/idle-steps';

const CALLS = `
personas: { ann: { username: ann } }
tests:
  - { as: ann, call: payments___create_transfer, expect: DENY }
  - { as: ann, list: { includes: [records___read] } }
`;

it('reports a step of the team for whose tools there is no test', () => {
  const { testFile } = readTestFile('a.test.yaml', CALLS);
  if (testFile === undefined) throw new Error('the file cannot be read');
  const step = (tools?: readonly string[]) => ({ name: String(tools), ...(tools && { tools }) });
  const steps = [
    step(['payments']),
    step(['payments___create_transfer']),
    step(['*']),
    step(),
    step(['records']),
    step([]),
  ];
  const chain = { steps, entry: 'interceptors/request.ts' };
  const found = idleSteps({ chains: [chain] } as unknown as GatewayUnderTest, [testFile]);
  expect(found.map(({ code, severity }) => [code, severity])).toEqual([
    ['TEST_STEP_IDLE', 'warning'],
    ['TEST_STEP_IDLE', 'warning'],
  ]);
  expect(found[0]?.message).toBe('no test calls a tool of step `records` of `interceptors/request.ts`: `records`');
  expect(found[1]?.message).toContain('never runs');
});
