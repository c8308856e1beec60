import { expect, it } from 'vitest';
import { call, policy } from '../fixture';
import { startClaimsApp } from '../start-claims-app';

it('says of an exception that holds that its policy leaves the call out', async () => {
  const lines: string[] = [];
  const scope =
    'principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource';
  const emulator = await startClaimsApp(
    () => ({
      policies: [policy('small', `permit(${scope}) unless { context.input has limit && context.input.limit > 9 };`)],
    }),
    { explain: true, print: (line) => lines.push(line) },
  );
  expect((await call(emulator, 'rita', 'Claims___query', { id: '1', limit: 10 })).error).toBeDefined();
  expect(lines.join('\n')).toContain('  true, so that the policy leaves this call out: context.input.limit > 9');
});
