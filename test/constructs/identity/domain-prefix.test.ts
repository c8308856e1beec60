import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainPrefix, isDomainPrefix } from '../../../lib/constructs/identity/domain-prefix';

function prefix(gatewayName: string, stackName = 'Test', id = 'Gateway'): string {
  const stack = new Stack(new App(), 'Stack', { stackName, env: { account: '111122223333', region: 'eu-west-1' } });
  return domainPrefix(new Construct(stack, id), gatewayName);
}

describe('the domain prefix', () => {
  // Covers identity.domain-prefix
  it('is one that Cognito takes, whatever the gateway is called', () => {
    const piece = fc.oneof(fc.constantFrom('aws', 'amazon', 'cognito', 'A', '-', 'wcognitos'), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(prefix(pieces.join(''))).toSatisfy(isDomainPrefix);
      }),
      { numRuns: 50 },
    );
  });

  it('is the same at every synth, and another for another stack or construct', () => {
    expect(prefix('claims')).toBe(prefix('claims'));
    expect(new Set([prefix('claims'), prefix('claims', 'Other'), prefix('claims', 'Test', 'Second')]).size).toBe(3);
    expect(prefix('claims')).toMatch(/^claims-[0-9a-f]{8}-111122223333$/);
  });
});
