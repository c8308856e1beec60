import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../lib/diagnostics/catalogue';
import { COMMAND } from '../../lib/diagnostics/catalogue/command';
import { EMULATOR } from '../../lib/diagnostics/catalogue/emulator';
import { GATEWAY } from '../../lib/diagnostics/catalogue/gateway';
import { IDENTITY } from '../../lib/diagnostics/catalogue/identity';
import { INTERCEPTOR } from '../../lib/diagnostics/catalogue/interceptor';
import { INVARIANT } from '../../lib/diagnostics/catalogue/invariant';
import { MANIFEST } from '../../lib/diagnostics/catalogue/manifest';
import { POLICY } from '../../lib/diagnostics/catalogue/policy';
import { TARGET } from '../../lib/diagnostics/catalogue/target';
import { TEST } from '../../lib/diagnostics/catalogue/test';
import { diagnosticReference } from '../../lib/diagnostics/reference';

/** Names that a sentence may start with. */
const PROPER_NAMES =
  /^(AgentCore|AWS|Amazon|Athena|Bedrock|Cedar|Cognito|CloudFormation|DynamoDB|Lambda|IAM|JSON|MCP|OpenAPI|SQL|STS|YAML)\b/;

/**
 * Parameters that are no user input and stand without backticks: counts, limits, and texts that this library or a tool that
 * it calls has written, or has put into backticks already.
 */
const PLAIN_PARAMETERS =
  /^((max|min)[A-Z]\w*|count|max|min|limit|length|bytes|characters|seconds|port|version|reasons?|problem|message|what|given|wanted|expected|hint|note|tools|policies|members|literal|output|missing|kind|effect|help|instead|type)$/;

const FILES = [GATEWAY, IDENTITY, TARGET, INTERCEPTOR, POLICY, INVARIANT, TEST, MANIFEST, EMULATOR, COMMAND];

describe('the catalogue', () => {
  const reference = diagnosticReference();

  it('gives every code once', () => {
    const keys = FILES.flatMap((file) => Object.keys(file));
    expect(keys.toSorted()).toEqual(Object.keys(CATALOGUE).toSorted());
    expect(new Set(keys).size).toBe(keys.length);
  });

  const broken = (rule: (entry: (typeof reference)[number]) => boolean): string[] =>
    reference.filter((entry) => !rule(entry)).map(({ code, message, help }) => `${code}: ${message}; ${help}`);

  it('has codes that can be read', () => {
    expect(broken(({ code }) => /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code))).toEqual([]);
  });

  it('says in one sentence what is wrong', () => {
    expect(broken(({ message }) => /^[a-z0-9`<]/.test(message) || PROPER_NAMES.test(message))).toEqual([]);
    expect(broken(({ message }) => !/[.!?]$|\n|undefined|\[object/.test(message))).toEqual([]);
  });

  it('says what to do', () => {
    expect(broken(({ help }) => /^[a-z`<]/.test(help) || PROPER_NAMES.test(help))).toEqual([]);
    expect(broken(({ help }) => !/[.!]$|\n|undefined|\[object/.test(help))).toEqual([]);
  });

  it('puts what the user wrote into backticks', () => {
    const bare = (text: string): string => text.replace(/`[^`]*`/g, '');
    const plain = ({ message, help }: (typeof reference)[number]): string[] =>
      [...bare(`${message} ${help}`).matchAll(/<([A-Za-z]+)>/g)].map((match) => match[1] ?? '');
    expect(broken((entry) => plain(entry).every((name) => PLAIN_PARAMETERS.test(name)))).toEqual([]);
    expect(broken(({ message, help }) => !bare(message).includes('`') && !bare(help).includes('`'))).toEqual([]);
  });
});
