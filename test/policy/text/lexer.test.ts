import { describe, expect, it } from 'vitest';
import { OAUTH_USER } from '../../../lib/contract/claims';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { tokens } from '../../../lib/policy/text/lexer';

const texts = (text: string): string[] => tokens(text).map((token) => token.text);

describe('tokens', () => {
  it('ends a comment where Cedar ends it, at a carriage return too', () => {
    expect(texts('a // b\r c // d\r\n e // f\u2028 g\n h')).toEqual(['a', 'c', 'e', 'h']);
  });

  it('takes for white space what Cedar takes for it', () => {
    expect(texts('a\u0085b\u00a0c\u2028d\ve\ff\u2003g')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
});

describe('conditions that look like a comment, or like no name', () => {
  const ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/notes-a1b2c3d4e5';
  const inputSchema = { type: 'object', properties: { danger: { type: 'boolean' } } };
  const decide = (condition: string, input: { danger?: boolean }) => {
    const statement = (effect: string, when: string) =>
      `${effect}(principal, action == AgentCore::Action::"T___x", resource == AgentCore::Gateway::"${ARN}") ${when};`;
    const policy = (id: string, effect: 'permit' | 'forbid', text: string) => ({
      id,
      name: id,
      effect,
      description: id,
      statementParts: [text],
      validationMode: 'IGNORE_ALL_FINDINGS' as const,
      enforcementMode: 'ACTIVE' as const,
      origin: { file: 'f.cedar', line: 1, column: 1 },
    });
    const set = preparePolicySet({
      policies: [
        policy('p', 'permit', statement('permit', '')),
        policy('f', 'forbid', statement('forbid', `when { ${condition} }`)),
      ],
      targets: [{ name: 'T', tools: [{ name: 'x', description: '', inputSchema }] }],
      mode: 'ENFORCE',
      gatewayArn: ARN,
    });
    const principal = { type: OAUTH_USER, id: 's', tags: {} } as const;
    return authorize(set, { tool: 'T___x', input, principal, now: new Date(0) }).outcome;
  };

  it.each([
    'true // reviewed\r && context.input has danger && context.input.danger\n',
    'context.input has\u0085danger && true',
    'context.input has "d\\u{6_1}nger" && context.input["\\x64\\u{00_61}nger"]',
    '(context).input has danger',
    '(if context has input then context else context).input has danger',
  ])('decides %j on what Cedar reads', (condition) => {
    expect(decide(condition, { danger: true })).toBe('DENY');
    expect(decide(condition, {})).toBe('ALLOW');
  });
});
