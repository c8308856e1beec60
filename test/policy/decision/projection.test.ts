import { describe, expect, it } from 'vitest';
import { projectionOf } from '../../../lib/contract/decision-record/projection';
import { readsOfTool } from '../../../lib/policy/decision/projection';
import { authorizeRecorded, type RecordedCall } from '../../../lib/policy/decision/recorded-call';
import { NOW, PAY, payPolicy, setOf } from '../subject';
import { replayEqualsCall } from './replay-equals-call';

function readsOf(text: string, name = PAY) {
  const set = setOf(text);
  const tool = set.schema.tools.get(name);
  if (tool === undefined) throw new Error('no such tool');
  return readsOfTool(set, tool);
}

describe('what policies can read', () => {
  it.each([
    ['a claim', 'principal.getTag("department") == "x"', { claims: ['department'] }],
    ['a claim that is only asked for', 'principal.hasTag("department")', { testedClaims: ['department'] }],
    ['a claim behind its guard', 'principal.hasTag("a") && principal.getTag("a") == "1"', { claims: ['a'] }],
    [
      'claims by a computed name',
      'principal.getTag(context.input.region) == "x"',
      { claims: 'all', arguments: ['/region'] },
    ],
    ['sub, which is the id', 'principal.getTag("sub") == "x"', { callerId: true }],
    ['the id as an attribute', 'principal.id == "x"', { callerId: true }],
    ['the caller as a whole', 'principal == AgentCore::OAuthUser::"x"', { callerId: true }],
    ['the kind of caller, which is always recorded', 'principal is AgentCore::OAuthUser', {}],
    ['an argument', 'context.input.amount.lessThan(decimal("1.0"))', { arguments: ['/amount'] }],
    ['an argument by a name with a slash', 'context.input["employee-id"] == "x"', { arguments: ['/employee-id'] }],
    [
      'a part of an argument',
      'context.input has address && context.input.address.zip == "x"',
      { arguments: ['/address/zip'], testedArguments: ['/address'] },
    ],
    ['an argument that is only asked for', 'context.input has region', { testedArguments: ['/region'] }],
    ['two levels that are only asked for', 'context.input has address.zip', { testedArguments: ['/address/zip'] }],
    [
      'an outer part beside an inner one',
      'context.input.address == context.input.address && context.input.address.zip == "x"',
      { arguments: ['/address'] },
    ],
    ['all arguments', 'context.input == context.input', { arguments: [''] }],
    ['the time', 'context.system.now > datetime("2026-01-01")', { clock: true }],
    ['an argument that the tool does not have', 'context.input has other', {}],
    ['the proof, which is the same for every call', 'context.input has gateway_proof', {}],
  ])('holds %s', (_, condition, expected) => {
    const nothing = { callerId: false, clock: false, claims: [], testedClaims: [], arguments: [], testedArguments: [] };
    expect(readsOf(payPolicy(condition))).toEqual({ ...nothing, ...expected });
  });

  it('counts the id of a scope, policies for groups and for every tool, and none for other tools', () => {
    const other = `permit(principal, action == AgentCore::Action::"hr-payroll___list", resource == ?resource) when { principal.getTag("c1") == "" };`;
    const group = `permit(principal == AgentCore::OAuthUser::"x", action in AgentCore::Action::"hr-payroll", resource == ?resource) when { principal.getTag("c2") == "" };`;
    const every = `forbid(principal, action, resource == ?resource) when { principal.getTag("c3") == "" };`;
    const reads = readsOf(`@id("a")${other}\n@id("b")${group}\n@id("c")${every}`);
    expect([reads.claims, reads.callerId]).toEqual([['c2', 'c3'], true]);
  });
});

describe('a projection', () => {
  const condition = 'principal.hasTag("department") && context.input has region && context.input.address.zip == "x"';
  const set = setOf(payPolicy(condition));
  const tool = set.schema.tools.get(PAY);
  if (tool === undefined) throw new Error('no such tool');
  const reads = readsOfTool(set, tool);
  const args = {
    'employee-id': 'e-1',
    amount: 10,
    region: 'secret',
    address: { zip: '1' },
    gateway_proof: 'ggp_12345678',
  };

  it('has what policies read and nothing else', () => {
    const projection = projectionOf(
      { claims: { sub: 's', department: 'd', email: 'e' }, arguments: args },
      reads,
      tool.input,
    );
    expect(projection).toEqual({
      fits: true,
      everyClaim: false,
      claims: {},
      hasClaims: { department: true },
      arguments: { '/address/zip': '1' },
      hasArguments: { '/region': true },
    });
  });

  it('says no more than that arguments do not fit', () => {
    const projection = projectionOf({ claims: { department: 'd' }, arguments: { amount: 'x' } }, reads, tool.input);
    expect(projection).toEqual({
      fits: false,
      everyClaim: false,
      claims: {},
      hasClaims: {},
      arguments: {},
      hasArguments: {},
    });
  });

  it.each([
    ['a claim', 'principal.getTag("department") == "d"', 'claim department'],
    ['another claim', 'principal.hasTag("other")', 'claim other'],
    ['an argument', 'context.input.region == "secret"', 'argument /region'],
    ['the presence of another', 'context.input has count', 'argument /count'],
    ['all of what was recorded in part', 'context.input.address == context.input.address', 'argument /address'],
    ['the id', 'principal.id == "x"', 'caller id'],
    ['everything', 'context.input == context.input', 'every argument'],
    ['any claim', 'principal.getTag(context.input.address.zip) == ""', 'every claim'],
  ])('gives no answer to a policy that reads %s', (_, changed, read) => {
    const projection = projectionOf({ claims: { department: 'd' }, arguments: args }, reads, tool.input);
    const call: RecordedCall = {
      tool: PAY,
      principalType: 'AgentCore::OAuthUser',
      callerId: undefined,
      projection,
      now: NOW,
    };
    const answer = authorizeRecorded(setOf(payPolicy(changed, 'permit', '@id("new")')), call);
    expect(answer).toMatchObject({ kind: 'not recorded', missing: [{ policy: 'new', read }] });
  });

  it('answers what follows from what was recorded', () => {
    const projection = projectionOf({ claims: {}, arguments: { ...args, region: null } }, reads, tool.input);
    const call: RecordedCall = {
      tool: PAY,
      principalType: 'AgentCore::OAuthUser',
      callerId: undefined,
      projection,
      now: NOW,
    };
    const changed =
      '!(principal.hasTag("department") && principal.getTag("department") == "d") && !(context.input has region) && context.input has address';
    const answer = authorizeRecorded(setOf(payPolicy(changed)), call);
    expect(answer).toMatchObject({ kind: 'decided', decision: { outcome: 'ALLOW' } });
  });
});

it('decides as the whole call does, for random policies and calls', () => replayEqualsCall(200));
