import { GATEWAY_ARN_MAX_LENGTH, LIMITS } from '../../../contract/limits';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { knownArn } from '../../source/gateway-arn';
import type { PolicyView } from '../view/policy-view';
import type { Lint, LintContext } from './lint';

/** What the service takes of statements, sets and schemas. Source: API model and developer guide, page bedrock-agentcore-serviceLimits. */
export const serviceLimits: Lint = {
  policy(policy, context) {
    const { characters, bytes } = sizeOf(policy, context);
    const { statementMinCharacters, statementMaxCharacters, statementMaxBytes } = LIMITS;
    const fits =
      characters >= statementMinCharacters && characters <= statementMaxCharacters && bytes <= statementMaxBytes;
    if (fits) return [];
    const limit = `${statementMinCharacters} to ${statementMaxCharacters} characters and ${statementMaxBytes} bytes`;
    return [diagnostic('POLICY_STATEMENT_LENGTH', { characters, bytes, limit }, { location: policy.head })];
  },
  set(context) {
    const { policies, schema } = context;
    const found: Diagnostic[] = [];
    const bytes = policies.reduce((sum, policy) => sum + sizeOf(policy, context).bytes, 0);
    if (bytes > LIMITS.statementTotalBytes) {
      found.push(diagnostic('POLICY_SET_LENGTH', { bytes, limit: LIMITS.statementTotalBytes }));
    }
    const count = policies.length;
    if (count > LIMITS.policiesPerEngine)
      found.push(diagnostic('POLICY_SET_COUNT', { count, limit: LIMITS.policiesPerEngine }));
    const schemaBytes = Buffer.byteLength(schema.text, 'utf8');
    if (schemaBytes > LIMITS.schemaMaxBytes) {
      found.push(diagnostic('SCHEMA_TOO_LARGE', { bytes: schemaBytes, limit: LIMITS.schemaMaxBytes }));
    }
    return found;
  },
};

/** With the ARN as long as it can get, where it is not known. */
function sizeOf(
  { policy, prepared }: PolicyView,
  { input, gatewayArn }: LintContext,
): { characters: number; bytes: number } {
  const places = policy.statementParts.length - 1;
  const unknown = knownArn(input.gatewayArn) === undefined ? places * (GATEWAY_ARN_MAX_LENGTH - gatewayArn.length) : 0;
  return { characters: prepared.text.length + unknown, bytes: Buffer.byteLength(prepared.text, 'utf8') + unknown };
}
