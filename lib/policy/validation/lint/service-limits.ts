import { GATEWAY_ARN_MAX_LENGTH, LIMITS } from '../../../contract/limits';
import type { DesiredPolicy } from '../../../contract/policy-set-document';
import { deployedPolicies, sourceId } from '../../../contract/tool-classes/deployed-policies';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { knownArn } from '../../source/gateway-arn';
import type { Lint, LintContext } from './lint';

/** What the service takes of statements, sets and schemas. Source: API model and developer guide, page bedrock-agentcore-serviceLimits. */
export const serviceLimits: Lint = {
  set(context) {
    const { policies, input, schema } = context;
    const views = new Map(policies.map((policy) => [policy.policy.id, policy]));
    const deployed = deployedPolicies(
      policies.map(({ policy }) => policy),
      input.targets,
    );
    const sizes = deployed.map((policy) => ({ policy, ...sizeOf(policy, context) }));
    const found: Diagnostic[] = sizes.flatMap(({ policy, characters, bytes }) => {
      if (characters >= statementMinCharacters && characters <= statementMaxCharacters && bytes <= statementMaxBytes)
        return [];
      const location = views.get(sourceId(policy))?.head;
      return [diagnostic('POLICY_STATEMENT_LENGTH', { characters, bytes, limit: STATEMENT }, { location })];
    });
    const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
    if (bytes > LIMITS.statementTotalBytes) {
      found.push(diagnostic('POLICY_SET_LENGTH', { bytes, limit: LIMITS.statementTotalBytes }));
    }
    const count = deployed.length;
    if (count > LIMITS.policiesPerEngine)
      found.push(diagnostic('POLICY_SET_COUNT', { count, limit: LIMITS.policiesPerEngine }));
    const schemaBytes = mayBeTooLarge(schema) ? Buffer.byteLength(withoutClasses(schema.text), 'utf8') : 0;
    if (schemaBytes > LIMITS.schemaMaxBytes) {
      found.push(diagnostic('SCHEMA_TOO_LARGE', { bytes: schemaBytes, limit: LIMITS.schemaMaxBytes }));
    }
    return found;
  },
};

const { statementMinCharacters, statementMaxCharacters, statementMaxBytes } = LIMITS;
const STATEMENT = `${statementMinCharacters} to ${statementMaxCharacters} characters and ${statementMaxBytes} bytes`;

/** With the ARN as long as it can get, where it is not known. */
function sizeOf(
  { statementParts }: DesiredPolicy,
  { input, gatewayArn }: LintContext,
): { characters: number; bytes: number } {
  const text = statementParts.join(gatewayArn);
  const places = statementParts.length - 1;
  const unknown = knownArn(input.gatewayArn) === undefined ? places * (GATEWAY_ARN_MAX_LENGTH - gatewayArn.length) : 0;
  return { characters: text.length + unknown, bytes: Buffer.byteLength(text, 'utf8') + unknown };
}

/** Text costs more than JSON to write, and is at most four times as long: indentation grows with the depth, which is limited. */
function mayBeTooLarge({ json }: LintContext['schema']): boolean {
  return 4 * Buffer.byteLength(JSON.stringify(json), 'utf8') > LIMITS.schemaMaxBytes;
}

/** The service knows no classes. */
function withoutClasses(schema: string): string {
  return schema.replace(/\n {2}action "class:[^\n]*;\n/g, '').replace(/, Action::"class:(?:[^"\\]|\\.)*"/g, '');
}
