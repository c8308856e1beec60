import { expect, it } from 'vitest';
import { checkNodeVersion, OLDEST_NODE } from '../../lib/diagnostics/node-version';
import { read } from '../house/source-files';

it('is the oldest that the package takes', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${OLDEST_NODE}`);
});

it.each(['18.20.8', '20.18.3', '20.9.0', '0.12.1'])('says that %s is too old', (version) => {
  expect(() => checkNodeVersion(version)).toThrow('NODE_TOO_OLD');
});

it.each(['20.19.0', '20.19.1', '20.20.0', '22.0.0', '24.3.0', '100.0.0'])('takes %s', (version) => {
  expect(() => checkNodeVersion(version)).not.toThrow();
});
