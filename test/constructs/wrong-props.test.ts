import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import {
  Claim,
  EnforcementMode,
  GovernanceError,
  GovernedGateway,
  type GovernedGatewayProps,
  Identity,
  PolicySource,
  Steps,
  Tools,
  TrustedField,
} from '../../lib';
import type { Diagnostic } from '../../lib/diagnostics/diagnostic';
import { notesPolicies, notesProps, notesTools, stackWith } from './notes-gateway';
import { findingsOf } from './synth-findings';

/** Findings that construction throws. */
function thrownBy(
  props: Partial<GovernedGatewayProps>,
  use?: (gateway: GovernedGateway) => void,
): readonly Diagnostic[] {
  try {
    const { gateway } = stackWith({ ...notesProps(), ...props });
    use?.(gateway);
  } catch (error) {
    if (GovernanceError.is(error)) return error.diagnostics;
    throw error;
  }
  return [];
}

/** Codes that a synth reports. */
function reportedBy(props: Partial<GovernedGatewayProps>): string[] {
  return findingsOf(stackWith({ ...notesProps(), ...props }).app);
}

describe('wrong props', () => {
  it('says what a type check would have said, which tsx does not make', () => {
    const untyped = {
      mode: undefined,
      targets: { notes: 'tools/notes.ts' },
      policies: ['policies'],
    } as unknown as GovernedGatewayProps;
    const findings = thrownBy(untyped);
    expect(findings.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'GATEWAY_PROP_INVALID'));
    expect(findings.map(({ message }) => message.split('`')[1])).toEqual(['mode', 'targets.notes', 'policies[0]']);
    expect(findings[0]?.help).toContain('`EnforcementMode.LOG_ONLY`');
  });

  it.each([
    ['missing', PolicySource.fromDirectory('nowhere'), 'POLICY_SOURCE_MISSING'],
    ['wrong', PolicySource.fromInline('permit (principal, action'), 'POLICY_SYNTAX'],
  ])('does not call a set empty when its only source is %s', (_, source, code) => {
    expect(reportedBy({ policies: [source] }).map((finding) => finding.split(' ')[0])).toEqual([code]);
  });

  it.each<[string, Partial<GovernedGatewayProps>, string[]]>([
    ['a gateway name with an underscore', { gatewayName: 'my_gateway' }, ['GATEWAY_NAME_INVALID']],
    ['an empty description', { description: '' }, ['GATEWAY_TEXT_LENGTH']],
    ['a session of a minute', { sessionTimeout: Duration.minutes(1) }, ['GATEWAY_SESSION_TIMEOUT']],
    ['no protocol version', { protocolVersions: [] }, ['GATEWAY_NO_PROTOCOL_VERSION']],
    ['two faults at once', { gatewayName: 'a--b', description: '' }, ['GATEWAY_NAME_INVALID', 'GATEWAY_TEXT_LENGTH']],
    ['a target name with an underscore', { targets: { my_notes: notesTools() } }, ['TARGET_NAME_INVALID']],
    [
      'a missing tool file',
      { targets: { notes: Tools.fromTypeScript('tools/nowhere.ts') } },
      ['BUNDLE_ENTRY_NOT_FOUND'],
    ],
    [
      'a trusted field that is an argument of the tool',
      { trustedContext: { title: TrustedField.constant('x') } },
      ['TARGET_TRUSTED_FIELD_COLLISION', 'TARGET_TRUSTED_FIELD_COLLISION'],
    ],
  ])('stops at construction on %s', (_, props, codes) => {
    expect(thrownBy(props).map((finding) => finding.code)).toEqual(codes);
  });

  it('stops when two targets have one name', () => {
    const findings = thrownBy({}, (gateway) => gateway.addTarget('notes', notesTools()));
    expect(findings.map((finding) => finding.code)).toEqual(['GATEWAY_DUPLICATE_TARGET']);
  });

  it('names a missing file as the user wrote it', () => {
    const [finding] = thrownBy({ targets: { notes: Tools.fromTypeScript('tools/nowhere.ts') } });
    expect(finding?.message).toContain('`tools/nowhere.ts`');
  });

  it('suggests the target and the tool that were meant', () => {
    const [target] = thrownBy({}, (gateway) => gateway.target('nots'));
    expect(target).toMatchObject({ code: 'GATEWAY_UNKNOWN_TARGET', help: 'did you mean `notes`?' });
    const [tool] = thrownBy({}, (gateway) => gateway.target('notes').tool('raed_note'));
    expect(tool).toMatchObject({ code: 'TARGET_UNKNOWN_TOOL' });
    expect(tool?.help).toContain('`read_note`');
  });

  it.each<[string, Partial<GovernedGatewayProps>, string]>([
    ['ENFORCE without policies', { policies: [] }, 'GATEWAY_ENFORCE_WITHOUT_POLICIES'],
    [
      'an empty policy folder',
      { policies: [notesPolicies(), PolicySource.fromDirectory('test/house')] },
      'POLICY_SOURCE_EMPTY',
    ],
    [
      'a missing policy folder',
      { policies: [PolicySource.fromDirectory('policies/nowhere')] },
      'POLICY_SOURCE_MISSING',
    ],
    ['a policy that does not parse', { policies: [PolicySource.fromInline('permit (principal, action')] }, 'POLICY_'],
    [
      'a trusted field from a claim that no token carries',
      {
        trustedContext: { team: TrustedField.fromClaim('departmnt') },
        identity: Identity.cognito({ claims: { department: Claim.fromAttribute('custom:department') } }),
      },
      'INTERCEPTOR_UNKNOWN_CLAIM',
    ],
    [
      'credentials in a header for a function, which gets none',
      { steps: [Steps.tokenExchange({ tools: ['notes'], role: Role.fromRoleName(new Stack(), 'Lake', 'lake') })] },
      'INTERCEPTOR_HEADER_NOT_ALLOWED',
    ],
  ])('does not synthesize %s', (_, props, code) => {
    expect(reportedBy(props)).toContainEqual(expect.stringContaining(code));
  });

  it('synthesizes LOG_ONLY without policies: a gateway may be watched before it is governed', () => {
    expect(reportedBy({ mode: EnforcementMode.LOG_ONLY, policies: [] })).toEqual([]);
  });

  it('lets a warning be acknowledged with a reason, and no error', () => {
    const acknowledged = (code: string, props: Partial<GovernedGatewayProps>): string[] => {
      const { app, gateway } = stackWith({ ...notesProps(), ...props });
      Validations.of(gateway).acknowledge({ id: `governed-gateway::${code}`, reason: 'a test' });
      return findingsOf(app).filter((finding) => finding.startsWith(code));
    };
    const oneTool = `permit (principal is AgentCore::OAuthUser, action == AgentCore::Action::"notes___read_note", resource == ?resource)
      when { context.input.title != "" };`;
    const policies = [PolicySource.fromInline(oneTool)];
    expect(reportedBy({ policies })).toContainEqual(expect.stringContaining('POLICY_TOOL_UNREACHABLE'));
    expect(acknowledged('POLICY_TOOL_UNREACHABLE', { policies })).toEqual([]);
    expect(acknowledged('GATEWAY_ENFORCE_WITHOUT_POLICIES', { policies: [] })).toHaveLength(1);
  });

  it('does not mind a gateway per Stage of one app', () => {
    const app = new App();
    for (const id of ['A', 'B']) new GovernedGateway(new Stack(app, id), 'Gateway', notesProps());
    expect(app.synth().stacks).toHaveLength(2);
  });
});
