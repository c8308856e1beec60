import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../lib/verify/judge-answer';
import type { RawAnswer } from '../../lib/verify/mcp-caller';

const judge = (answer: RawAnswer) => judgeAnswer(answer, (name) => `id-of-${name}`);
const DENIED = 'Tool Execution Denied: Tool call not allowed due to policy enforcement';
const text = (value: string, isError: boolean): RawAnswer => ({
  kind: 'result',
  result: { content: [{ type: 'text', text: value }], isError },
});

describe('a denial by policy', () => {
  it.each([
    [
      'as an error',
      { kind: 'rpc-error', code: -32002, message: `${DENIED} [Policy evaluation denied due to a, b]` } as RawAnswer,
      ['id-of-a', 'id-of-b'],
    ],
    [
      'as a result',
      text(`AuthorizeActionException - ${DENIED} [Policy evaluation denied due to a]`, true),
      ['id-of-a'],
    ],
    [
      'by default',
      {
        kind: 'rpc-error',
        code: -32002,
        message: `${DENIED} [No policy applies to the request (denied by default).]`,
      } as RawAnswer,
      [],
    ],
    [
      'in the words of 2025',
      {
        kind: 'rpc-error',
        code: -32002,
        message: `${DENIED} [Policy evaluation denied due to no determining policies]`,
      } as RawAnswer,
      [],
    ],
  ])('is told %s', (_, answer, determining) => {
    expect(judge(answer)).toMatchObject({ kind: 'denied', by: 'policy', determining, maybeError: true });
  });
});

describe('what proves nothing about the policies', () => {
  it.each([
    ['a 401', { kind: 'transport', message: 'Unauthorized', status: 401 }],
    ['a 500', { kind: 'transport', message: 'oops', status: 500 }],
    ['a broken connection', { kind: 'transport', message: 'ECONNRESET' }],
    [
      'a code that other errors use too',
      { kind: 'rpc-error', code: -32002, message: 'Access denied while invoking Lambda function' },
    ],
    ['an unknown tool', { kind: 'rpc-error', code: -32602, message: 'Unknown tool: x' }],
    [
      'an internal error',
      { kind: 'rpc-error', code: -32603, message: 'An internal error occurred. Please retry later.' },
    ],
    ['a failing tool', text('An internal error occurred. Please retry later.', true)],
    ['a failing tool that quotes a denial', text(`the answer was: ${DENIED} [x]`, true)],
  ] as [string, RawAnswer][])('%s', (_, answer) => {
    expect(judge(answer).kind).toBe('failed');
  });
});

describe('an interceptor of this library', () => {
  it('denies', () => {
    const answer: RawAnswer = {
      kind: 'rpc-error',
      code: -32002,
      message: 'Request denied: no',
      data: { reason: 'spoofed-field' },
    };
    expect(judge(answer)).toEqual({ kind: 'denied', by: 'interceptor', reason: 'Request denied: no' });
  });

  it('finds arguments that do not fit, which is an error as it would be of the policies', () => {
    const answer: RawAnswer = {
      kind: 'rpc-error',
      code: -32602,
      message: 'Request denied: the arguments',
      data: { reason: 'invalid-arguments' },
    };
    expect(judge(answer).kind).toBe('error');
  });
});

describe('an allowed call', () => {
  it('has its answer as structured content, parsed text, or text', () => {
    expect(judge({ kind: 'result', result: { content: [], structuredContent: { a: 1 } } })).toEqual({
      kind: 'allowed',
      answer: { a: 1 },
    });
    expect(judge(text('[1]', false))).toEqual({ kind: 'allowed', answer: [1] });
    expect(judge(text('plain', false))).toEqual({ kind: 'allowed', answer: 'plain' });
  });

  it('is allowed even when a tool returns the text of a denial', () => {
    expect(judge(text(`${DENIED} [x]`, false)).kind).toBe('allowed');
  });
});
