import { describe, expect, it } from 'vitest';
import { allowedBy, DENIAL_TEXT, DENIED_BY_DEFAULT, denialResponse, forbiddenBy } from '../../lib/contract/decision';

describe('denialResponse', () => {
  it('is a JSON-RPC error as seen on the service', () => {
    expect(denialResponse(3, DENIED_BY_DEFAULT)).toEqual({
      jsonrpc: '2.0',
      id: 3,
      error: {
        code: -32002,
        message:
          'Tool Execution Denied: Tool call not allowed due to policy enforcement [No policy applies to the request (denied by default).]',
      },
    });
  });

  it('is a tool result in its other shape', () => {
    const { result } = denialResponse('a', forbiddenBy(['refund_cap']), 'result');
    const text = `AuthorizeActionException - ${DENIAL_TEXT} Tool call not allowed due to policy enforcement [Policy evaluation denied due to refund_cap]`;
    expect(result).toEqual({ content: [{ type: 'text', text }], isError: true });
  });

  it('names every policy that decided', () => {
    expect(forbiddenBy(['a', 'b'])).toBe('Policy evaluation denied due to a, b');
    expect(allowedBy(['a'])).toBe('Policy evaluation allowed due to a');
  });
});
