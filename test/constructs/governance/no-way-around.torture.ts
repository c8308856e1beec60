import { expect, it } from 'vitest';
import { tryAll } from './no-way-around';

it('lets no call through that a forbid of a baseline covers, in a thousand apps', () => {
  const { refused, deployed } = tryAll(1000);
  expect(deployed.length).toBeGreaterThan(100);
  expect(refused.length).toBeGreaterThan(100);
});
