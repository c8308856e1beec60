import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_MAX_BYTES, renderFailures } from '../../../lambda/policy-engine/messages/render-failures';
import type { Failure, TargetPolicy } from '../../../lambda/policy-engine/policies/policy';

function failure(name: string, ...reasons: string[]): Failure {
  const target: TargetPolicy = {
    id: `lakehouse/${name}`,
    name,
    effect: 'permit',
    statement: '',
    description: undefined,
    validationMode: 'FAIL_ON_ANY_FINDINGS',
    enforcementMode: 'ACTIVE',
    origin: { file: `policies/lakehouse/${name}.cedar`, line: 12, column: 3 },
  };
  return { name, target, reasons };
}

describe('the message of a failed change', () => {
  it('names place, policy and reason, and each help once', () => {
    const text = renderFailures({ message: '2 failed' }, [
      failure('x', 'InterceptorException'),
      failure('y', 'InterceptorException', 'and another reason'),
      { name: 'left_over', reasons: [] },
    ]);
    expect(text.split('\n')).toEqual([
      '2 failed',
      'policies/lakehouse/x.cedar:12:3 `lakehouse/x`: InterceptorException',
      'policies/lakehouse/y.cedar:12:3 `lakehouse/y`: InterceptorException; and another reason',
      'left_over: the service gave no reason',
      'help: the REQUEST interceptor refused the call with which the service inspects the gateway: let discovery messages without a ' +
        'bearer token pass',
      'help: look for the policy in the console, deploy again, and if that does not help, ask AWS Support',
    ]);
  });

  it('cuts long reasons before it leaves out a policy', () => {
    const failures = Array.from({ length: 15 }, (_, index) => failure(`p${index}`, 'x'.repeat(2_000)));
    const text = renderFailures({ message: '15 failed' }, failures);
    for (const { name } of failures) expect(text).toContain(`policies/lakehouse/${name}.cedar:12:3`);
    expect(text).toContain('…');
  });

  it('counts what there is no room for', () => {
    const failures = Array.from({ length: 1_000 }, (_, index) => failure(`p${index}`, 'x'.repeat(100)));
    expect(renderFailures({ message: '1000 failed' }, failures)).toMatch(/\nand \d+ more/);
  });

  // Covers policy.response-size
  it('always fits into what CloudFormation takes', () => {
    const anyFailure = fc
      .tuple(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.array(fc.string({ maxLength: 3_000, unit: 'binary' }), { maxLength: 3 }),
      )
      .map(([name, reasons]) => failure(name, ...reasons));
    fc.assert(
      fc.property(fc.array(anyFailure, { minLength: 1, maxLength: 40 }), (failures) => {
        const text = renderFailures({ message: `${failures.length} failed` }, failures);
        expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThanOrEqual(MESSAGE_MAX_BYTES);
      }),
      { numRuns: 200 },
    );
  });
});
