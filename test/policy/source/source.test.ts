import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POLICY_NAME_PATTERN } from '../../../lib/contract/limits';
import { policyName } from '../../../lib/policy/source/policy-name';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { boundStatement, writtenStatement } from '../../../lib/policy/text/statement-text';
import { underlined } from '../subject';

const PERMIT = 'permit(principal, action, resource == ?resource);';

let app: string;

beforeEach(() => {
  app = mkdtempSync(join(tmpdir(), 'governed-gateway-'));
});

afterEach(() => {
  rmSync(app, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(app, path)), { recursive: true });
  writeFileSync(join(app, path), text);
}

function load(...sources: PolicySource[]) {
  return loadPolicies(sources, { baseDirectory: app, nameSeed: 'stack/gateway' });
}

function codes(...sources: PolicySource[]): string[] {
  return load(...sources).diagnostics.map(({ code }) => code);
}

describe('a directory', () => {
  beforeEach(() => {
    write('policies/b.cedar', PERMIT);
    write('policies/a/deep/z.cedar', PERMIT);
    write(
      'policies/a/several.cedar',
      `${PERMIT}\n// a comment\n@id("named") @description("Second") ${PERMIT}\n${PERMIT}`,
    );
    write('policies/notes.md', 'nothing');
    write('policies/b.test.yaml', 'tests: []');
    write('policies/a/deep/c.test.yaml', 'tests: []');
  });

  it('is read recursively and sorted, with ids from its paths', () => {
    const loaded = load(PolicySource.fromDirectory('policies'));
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.policies.map(({ id }) => id)).toEqual(['a/deep/z', 'a/several', 'named', 'a/several-3', 'b']);
    expect(loaded.files).toEqual(['policies/a/deep/z.cedar', 'policies/a/several.cedar', 'policies/b.cedar']);
    expect(loaded.tests).toEqual(['policies/a/deep/c.test.yaml', 'policies/b.test.yaml']);
    expect(loaded.watched).toEqual(['policies']);
  });

  it('keeps the place of each policy of a file', () => {
    const { policies } = load(PolicySource.fromDirectory('policies'));
    expect(policies.map(({ origin }) => `${origin.file}:${origin.line}:${origin.column}`)).toEqual([
      'policies/a/deep/z.cedar:1:1',
      'policies/a/several.cedar:1:1',
      'policies/a/several.cedar:3:37',
      'policies/a/several.cedar:4:1',
      'policies/b.cedar:1:1',
    ]);
  });

  it('gives the same in another place, by a relative and by an absolute path', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'governed-gateway-'));
    cpSync(app, elsewhere, { recursive: true });
    const options = { baseDirectory: elsewhere, nameSeed: 'stack/gateway' };
    const { texts, ...relative } = load(PolicySource.fromDirectory('policies'));
    const { texts: same, ...absolute } = loadPolicies(
      [PolicySource.fromDirectory(join(elsewhere, 'policies'))],
      options,
    );
    rmSync(elsewhere, { recursive: true });
    expect(absolute).toEqual(relative);
    expect([...same]).toEqual([...texts]);
  });

  it('is read once, whatever links lead back into it', () => {
    symlinkSync(join(app, 'policies'), join(app, 'policies/a/loop'), 'dir');
    expect(load(PolicySource.fromDirectory('policies')).policies).toHaveLength(5);
  });

  it('must exist and hold policies', () => {
    expect(codes(PolicySource.fromDirectory('nowhere'))).toEqual(['POLICY_SOURCE_MISSING']);
    expect(codes(PolicySource.fromDirectory('policies/b.cedar'))).toEqual(['POLICY_SOURCE_KIND']);
    expect(codes(PolicySource.fromFile('policies'))).toEqual(['POLICY_SOURCE_KIND']);
    write('empty/readme.md', '');
    const [finding] = load(PolicySource.fromDirectory('./empty')).diagnostics;
    expect(finding?.message).toBe('policy folder `./empty` holds no `.cedar` file');
  });
});

describe('a path that leads nowhere', () => {
  it('is shown with the name that was meant', () => {
    write('policies/b.cedar', PERMIT);
    const [folder] = load(PolicySource.fromDirectory('./polices')).diagnostics;
    expect(folder).toMatchObject({ code: 'POLICY_SOURCE_MISSING', help: 'did you mean `policies`?' });
    const [file] = load(PolicySource.fromFile('policies/bb.cedar')).diagnostics;
    expect(file?.help).toBe('did you mean `policies/b.cedar`?');
  });

  it('is shown with the folder that it starts from', () => {
    const [finding] = load(PolicySource.fromDirectory('../../of-another-app')).diagnostics;
    expect(finding?.help).toContain(`relative to \`${app}\``);
  });
});

describe('a file', () => {
  it.each(['fromFile', 'fromDirectory'] as const)('that is not UTF-8 is not taken for Cedar by %s', (factory) => {
    write('utf16/a.cedar', '');
    writeFileSync(join(app, 'utf16/a.cedar'), Buffer.from(`\uFEFF${PERMIT}`, 'utf16le'));
    const source = PolicySource[factory](factory === 'fromFile' ? 'utf16/a.cedar' : 'utf16');
    const [finding, ...others] = load(source).diagnostics;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'POLICY_FILE_UNREADABLE', help: expect.stringContaining('UTF-8') });
  });

  it('has its name as id and its test beside it', () => {
    write('rules/login.cedar', `\uFEFF${PERMIT}`);
    write('rules/login.test.yaml', '');
    const loaded = load(PolicySource.fromFile('rules/login.cedar'));
    expect(loaded.policies.map(({ id, origin }) => [id, origin.file])).toEqual([['login', 'rules/login.cedar']]);
    expect(loaded.tests).toEqual(['rules/login.test.yaml']);
  });

  it('must exist, under the path that was written', () => {
    const [finding] = load(PolicySource.fromFile('./rules/lost.cedar')).diagnostics;
    expect(finding?.message).toBe('policy source `./rules/lost.cedar` does not exist or cannot be read');
  });

  it('may be named once, and must hold a policy', () => {
    write('a.cedar', PERMIT);
    write('b.cedar', '// nothing yet');
    expect(codes(PolicySource.fromFile('a.cedar'), PolicySource.fromFile('./a.cedar'))).toEqual(['POLICY_FILE_TWICE']);
    expect(codes(PolicySource.fromFile('b.cedar'))).toEqual(['POLICY_FILE_EMPTY']);
  });
});

describe('text in code', () => {
  it('has numbers for ids, or the id that is given', () => {
    const loaded = load(
      PolicySource.fromInline(PERMIT),
      PolicySource.fromInline(PERMIT),
      PolicySource.fromInline(PERMIT, { id: 'mine' }),
    );
    expect(loaded.policies.map(({ id, origin }) => [id, origin.file])).toEqual([
      ['inline', 'inline'],
      ['inline-2', 'inline-2'],
      ['mine', 'inline-3'],
    ]);
    expect(loaded.files).toEqual([]);
  });
});

describe('annotations', () => {
  it('say what Cedar has no word for', () => {
    const text = `@id("x") @description("Why") @validation("IGNORE_ALL_FINDINGS") @enforcement("LOG_ONLY") ${PERMIT}`;
    const { policies, diagnostics } = load(PolicySource.fromInline(text));
    expect(diagnostics).toEqual([]);
    expect(policies).toMatchObject([
      {
        id: 'x',
        description: 'Why',
        validationMode: 'IGNORE_ALL_FINDINGS',
        enforcementMode: 'LOG_ONLY',
        effect: 'permit',
      },
    ]);
    expect(policies[0] && writtenStatement(policies[0])).toBe(PERMIT);
  });

  it.each([
    ['@enforcment("LOG_ONLY")', 'POLICY_ANNOTATION_UNKNOWN', '@enforcment', 'did you mean `@enforcement`?'],
    ['@owner("me")', 'POLICY_ANNOTATION_UNKNOWN', '@owner', 'remove it, or write it as a comment'],
    ['@enforcement("log_only")', 'POLICY_ANNOTATION_INVALID', '@enforcement', 'write `ACTIVE` or `LOG_ONLY`'],
    [
      '@validation',
      'POLICY_ANNOTATION_INVALID',
      '@validation',
      'write `FAIL_ON_ANY_FINDINGS` or `IGNORE_ALL_FINDINGS`',
    ],
    ['@id("")', 'POLICY_ANNOTATION_INVALID', '@id', 'write a text of 1 to 256 characters'],
  ])('must be known and valid: %s', (annotation, code, at, help) => {
    const [finding] = load(PolicySource.fromInline(`// first\n${annotation} ${PERMIT}`)).diagnostics;
    expect(finding).toMatchObject({ code, help, location: { line: 2 } });
    expect(finding && underlined(finding)).toBe(at);
  });

  it('name two policies differently', () => {
    const [finding] = load(PolicySource.fromInline(`@id("x") ${PERMIT}\n@id("x") ${PERMIT}`)).diagnostics;
    expect(finding).toMatchObject({
      code: 'POLICY_ID_DUPLICATE',
      location: { line: 2 },
      related: [{ location: { line: 1, column: 1, endColumn: '@id("x")'.length + 1 } }],
    });
    expect(finding && underlined(finding)).toBe('@id("x")');
  });
});

describe('text that is not Cedar', () => {
  it.each<[string, number, string]>([
    ['POLICY_SYNTAX', 54, 'permit(principal, action, resource) when { principal.é };'],
    ['POLICY_SYNTAX', 25, 'permit(principal, action);'],
    ['POLICY_SYNTAX', 1, 'allow(principal, action, resource);'],
    ['POLICY_SLOT_UNKNOWN', 21, 'permit(principal == ?principal, action, resource);'],
    ['POLICY_SYNTAX', 57, 'permit(principal, action, resource == ?resource) when { ?resource == 1 };'],
    ['POLICY_SYNTAX', 51, 'permit(principal, action, resource) when { "é" == };'],
    ['POLICY_TOO_DEEP', 1, `permit(principal, action, resource) when { ${'context.a.b.c || '.repeat(100)} true };`],
  ])('has a %s at column %i', (code, column, text) => {
    const [finding] = load(PolicySource.fromInline(`// 漢字 😀\n${PERMIT}\n${text}`)).diagnostics;
    expect(finding).toMatchObject({ code, location: { line: 3, column } });
  });

  it.each([
    ['suppressOutput(principal, action, resource);', 'suppressOutput'],
    ['forbid(principal, action, resource) when guardrails { true };', 'guardrails'],
    ['forbid(principal, action, resource) when temporal { true };', 'temporal'],
  ])('is told apart from Dogwood: %s', (text, at) => {
    const [finding] = load(PolicySource.fromInline(text)).diagnostics;
    expect(finding?.code).toBe('POLICY_DOGWOOD');
    expect(finding && underlined(finding)).toBe(at);
  });

  it.each([
    ['permit(principal, action, resource) when { principal.getTag("role) == "clerk" };', '"role) == "clerk" };'],
    [`@id("one) ${PERMIT}`, `"one) ${PERMIT}`],
    [`permit(principal, action, resource) when { context.input.currency == "EUR };\n@id("next") ${PERMIT}`, '"EUR };'],
    [`permit(principal, action, resource) when { "EUR\\" == "x" };`, '"EUR\\" == "x" };'],
    ['permit(principal, action, resource) when { "EUR', '"EUR'],
  ])('shows the quote that opens a text without an end, once: %s', (text, at) => {
    const { diagnostics } = load(PolicySource.fromInline(`${PERMIT}\n${text}\n${PERMIT}`));
    expect(diagnostics.map(({ code }) => code)).toEqual(['POLICY_QUOTE_OPEN']);
    expect(diagnostics[0] && underlined(diagnostics[0])).toBe(at);
  });

  it('does not hide the other policies, nor their errors', () => {
    const { policies, diagnostics } = load(
      PolicySource.fromInline(`permit(foo, action, resource);\n${PERMIT}\npermit(principal, bar, resource);`),
    );
    expect(policies).toHaveLength(1);
    expect(diagnostics.map(({ location }) => location?.line)).toEqual([1, 3]);
  });
});

describe('the slot', () => {
  it.each([
    ['in the scope', PERMIT, 1],
    ['in no comment', `permit(principal, action, // ?resource\n resource == ?resource);`, 1],
    ['in no string', `permit(principal, action, resource == ?resource) when { "?resource" != "\\"?resource" };`, 1],
    ['not at all', 'permit(principal, action, resource is AgentCore::Gateway);', 0],
  ])('is cut %s', (_, text, cuts) => {
    const { policies } = load(PolicySource.fromInline(text));
    const [policy] = policies;
    expect(policy?.statementParts).toHaveLength(cuts + 1);
    expect(policy && writtenStatement(policy)).toBe(text);
    const bound = policy && boundStatement(policy, 'arn:x');
    expect(bound).toBe(text.replace(/== \?resource\)/, '== AgentCore::Gateway::"arn:x")'));
  });
});

describe('the name of a policy', () => {
  it.each(['login', 'a/b-c.d', '漢字', '9lives', '-', 'x'.repeat(300), '__proto__'])('fits the service: %s', (id) => {
    expect(policyName('stack/gateway', id)).toMatch(POLICY_NAME_PATTERN);
  });

  it('depends on the seed and the id, and on nothing else', () => {
    expect(policyName('s', 'claims/adjusters')).toBe(policyName('s', 'claims/adjusters'));
    const names = [
      policyName('s', 'a/b'),
      policyName('s', 'a-b'),
      policyName('t', 'a/b'),
      policyName('s', 'x'.repeat(99)),
      policyName('s', 'x'.repeat(98)),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toMatch(/^a_b_[0-9a-f]{8}$/);
  });
});
