import { expect, it } from 'vitest';
import { build, letThrough, PLAIN } from './attempts';
import { tryAll } from './no-way-around';

it('is looked for in apps that let a call through without a baseline', () => {
  const attempt = { ...PLAIN, forbid: 'none' } as const;
  expect(letThrough(build(attempt).synth().directory, attempt)).toEqual(['notes___delete_note']);
});

it('lets no call through that a forbid of a baseline covers, whatever a team writes or does to the tree', () => {
  const { refused, deployed } = tryAll(6);
  // Those by hand alone.
  expect(deployed.length).toBeGreaterThanOrEqual(5);
  expect(refused.length).toBeGreaterThanOrEqual(5);
});
