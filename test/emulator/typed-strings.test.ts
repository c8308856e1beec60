import { expect, it } from 'vitest';
import { call, policy, tool } from './fixture';
import { startClaimsApp } from './start-claims-app';

const BEFORE_2026 = `permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource)
when { context.input has at && context.input.at < datetime("2026-01-01T00:00:00Z") };`;

it.each([
  ['2025-12-31T23:30:00Z', true],
  ['2026-01-01T00:30:00+01:00', true],
  ['2025-12-31T23:30:00-01:00', false],
  ['2025-12-31t23:59:59.999999999z', true],
  ['last year', false],
])('compares the moment %s as a policy and its tests do', async (at, allowed) => {
  const emulator = await startClaimsApp((app) => ({
    targets: [
      {
        name: 'Claims',
        kind: 'lambda',
        tools: [tool('query', { at: { type: 'string', format: 'date-time' } })],
        function: app.bundle('claims', 'export const handler = async () => 1;'),
      },
    ],
    policies: [policy('before-2026', BEFORE_2026)],
  }));
  const { error } = await call(emulator, 'rita', 'Claims___query', { at });
  expect(error === undefined).toBe(allowed);
});
