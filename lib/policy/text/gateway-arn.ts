import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { unquote } from './cedar-string';
import { tokens } from './lexer';

/** The ARN that somebody knows; the local one only stands for one that nobody knows yet. */
export function knownArn(gatewayArn: string | undefined): string | undefined {
  return gatewayArn === LOCAL_GATEWAY_ARN ? undefined : gatewayArn;
}

/**
 * The ARN that statements are bound to and that requests name. Where nobody knows it yet, a gateway that a policy writes out must
 * be the one, so that such a policy decides offline as it will on the service.
 */
export function evaluationArn(policies: readonly DesiredPolicy[], gatewayArn: string | undefined): string {
  return knownArn(gatewayArn) ?? writtenArn(policies) ?? LOCAL_GATEWAY_ARN;
}

/** The first gateway that a statement writes out. */
function writtenArn(policies: readonly DesiredPolicy[]): string | undefined {
  for (const { statementParts } of policies) {
    const [text, ...others] = statementParts;
    if (text === undefined || others.length > 0 || !text.includes('arn:')) continue;
    const all = tokens(text);
    const at = all.findIndex((token, index) => token.text === 'Gateway' && all[index + 1]?.text === '::');
    const literal = all[at + 2];
    if (at >= 0 && literal?.kind === 'string') return unquote(literal.text);
  }
  return undefined;
}
