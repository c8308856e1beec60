import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { currentCommit, seedOf } from './commit-seed';
import { explained } from './schedules';

it('is another seed for each commit, and the same for each run of one', () => {
  expect(seedOf('0123abcd0000000000000000000000000000dead')).toBe(0x0123abcd);
  expect(seedOf('ffffffff0000000000000000000000000000dead')).toBe(0x7fffffff);
  const commit = currentCommit();
  expect(commit === undefined || /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)).toBe(true);
});

it('is a fixed seed where there is no commit', () => {
  expect(currentCommit(tmpdir())).toBeUndefined();
  expect(seedOf(undefined)).toBe(42);
});

it('says in a failure whose seed it was, and how to run it again', () => {
  const error = new Error('Property failed after 3 tests\n{ seed: 7, path: "2:1:0" }\nGot Error: `a_permit` is absent');
  const told = explained(error, 7);
  expect(told.message).toMatch(/^this seed is new, the change may not be the cause\. Run again: /);
  expect(told.message).toContain(
    'POLICY_ENGINE_SEED=7 POLICY_ENGINE_PATH=2 npx vitest run test/lambda/policy-engine/schedules-',
  );
  expect(told.message).toContain('`a_permit` is absent');
});
