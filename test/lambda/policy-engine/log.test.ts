import { expect, it } from 'vitest';
import { jsonLog, logLevel } from '../../../lambda/policy-engine/service/log';

it('writes JSON lines from its level on', () => {
  const lines: string[] = [];
  const log = jsonLog((line) => lines.push(line), logLevel('WARN'));
  log('info', 'create policy', { policy: 'read' });
  log('warn', 'removing a policy that nobody declared', { policy: 'by_hand' });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'WARN', message: 'removing a policy that nobody declared', policy: 'by_hand' },
  ]);
  expect(logLevel(undefined)).toBe('info');
});
