import { describe, expect, it } from 'vitest';
import { explain } from '../../../lib/policy/decision/explain';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { statementShape } from '../../../lib/policy/text/conditions';
import { callOf, payPolicy, setOf } from '../subject';

function failedOf(condition: string, claims = {}, effect = 'permit') {
  const { candidates } = explain(setOf(payPolicy(condition, effect)), callOf(undefined, claims));
  return candidates.map(({ outcome, failed }) => [outcome, failed.map(({ text, value }) => `${text}: ${value}`)]);
}

describe('explain', () => {
  it('names the condition that was false', () => {
    const condition = 'principal.hasTag("a") && principal.getTag("a") == "x" && context.input has region';
    expect(failedOf(condition)).toEqual([['condition', ['principal.hasTag("a"): false']]]);
    expect(failedOf(condition, { a: 'y' })).toEqual([['condition', ['principal.getTag("a") == "x": false']]]);
    expect(failedOf(condition, { a: 'x' })).toEqual([['condition', ['context.input has region: false']]]);
  });

  it('names every alternative that was false', () => {
    expect(failedOf('principal.hasTag("a") || (principal.hasTag("b") && true)')).toEqual([
      ['condition', ['principal.hasTag("a"): false', 'principal.hasTag("b"): false']],
    ]);
  });

  it('names what was true behind a `!`', () => {
    expect(failedOf('!(principal.hasTag("a") || principal.hasTag("b"))', { b: 1 })).toEqual([
      ['condition', ['principal.hasTag("b"): true']],
    ]);
  });

  it('names the condition that erred', () => {
    const [[outcome, failed] = []] = failedOf('true && principal.getTag("a") == "x" && true');
    expect([outcome, failed]).toEqual(['error', ['principal.getTag("a") == "x": error']]);
  });

  it('says that a policy matched, or is for another caller', () => {
    expect(failedOf('true')).toEqual([['matched', []]]);
    const other = payPolicy('true').replace('principal is AgentCore::OAuthUser', 'principal is AgentCore::IamEntity');
    expect(explain(setOf(other), callOf()).candidates.map(({ outcome }) => outcome)).toEqual(['scope']);
  });

  it('leaves policies of other tools out, and has no candidates for arguments that do not fit', () => {
    const set = setOf(payPolicy('true').replace('create_payout', 'list'));
    expect(explain(set, callOf()).candidates).toEqual([]);
    const { decision, candidates } = explain(setOf(payPolicy('true')), callOf({}));
    expect([decision.outcome, candidates]).toEqual(['ERROR', []]);
  });

  it('gives the place in the source, behind the gateway that replaced the slot', () => {
    const text = `// 漢字 😀\n@id("é") ${payPolicy('"é" == "é" &&\n  // why: 漢字\n  principal.hasTag("a")')}`;
    const { texts } = loadPolicies([PolicySource.fromInline(text)], { nameSeed: 'test' });
    const { candidates } = explain(setOf(text), callOf(), texts);
    const location = candidates[0]?.failed[0]?.location;
    expect(location).toMatchObject({ file: 'inline', line: 4, column: 3, endLine: 4, endColumn: 24 });
    expect(location?.source?.split('\n')[3]?.slice(2, 23)).toBe('principal.hasTag("a")');
  });
});

describe('statementShape', () => {
  it.each<[string, string[]]>([
    ['when { a && b || c }', ['a', 'b', 'c']],
    ['when { a && (b || !(c && d)) } unless { e }', ['a', 'b', 'c', 'd', 'e']],
    ['when { [1, 2].contains(a && b) }', ['[1, 2].contains(a && b)']],
    ['when { if a && b then c else d }', ['if a && b then c else d']],
    ['when { (a).b == "&& }" // || {\n && {x: 1 || 2}.x }', ['(a).b == "&& }"', '{x: 1 || 2}.x']],
    ['when { !a && !(b) == c }', ['!a', '!(b) == c']],
    ['', []],
  ])('finds the conditions of %s', (clauses, texts) => {
    const shape = statementShape(`permit(principal, action in [A::"when"], resource) ${clauses};`);
    expect(shape.conditions.map(({ text }) => text)).toEqual(texts);
    expect(shape.scope).toBe('permit(principal, action in [A::"when"], resource);');
  });
});
