import { Token } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { PassThroughOptions } from '../source/pass-through';
import { outboundCredential, PASS_THROUGH, type ServiceKind, TARGET_LIMITS } from '../source/target-limits';

/** Findings about the credentials of a target. */
export function checkCredentials(
  target: string,
  kind: ServiceKind,
  given: agentcore.ICredentialProviderConfig | undefined,
): Diagnostic[] {
  if (given === undefined) return [];
  const { credentials, roleSignsForService } = TARGET_LIMITS[kind];
  const used = outboundCredential(kind, given);
  if (!credentials.includes(used)) {
    return [diagnostic('TARGET_CREDENTIALS', { target, kind, used, allowed: credentials })];
  }
  if (!(given instanceof agentcore.GatewayIamRoleCredentialProviderConfig)) return [];
  const namesService = given.service !== undefined;
  return namesService === roleSignsForService
    ? []
    : [diagnostic('TARGET_ROLE_SERVICE', { target, kind, namesService })];
}

/** Findings about the headers and query parameters that a target lets pass. */
export function checkPassThrough(target: string, options: PassThroughOptions): Diagnostic[] {
  const { headerNameMaxLength, queryNameMaxLength } = PASS_THROUGH;
  return [
    ...checkList(target, 'allowedRequestHeaders', options.allowedRequestHeaders, isHeader(headerNameMaxLength)),
    ...checkList(target, 'allowedResponseHeaders', options.allowedResponseHeaders, isHeader(headerNameMaxLength)),
    ...checkList(target, 'allowedQueryParameters', options.allowedQueryParameters, hasLength(queryNameMaxLength)),
  ];
}

function checkList(
  target: string,
  list: string,
  names: readonly string[] | undefined,
  isTaken: (name: string) => boolean,
): Diagnostic[] {
  if (names === undefined || Token.isUnresolved(names) || names.some((name) => Token.isUnresolved(name))) return [];
  const [count, max] = [names.length, PASS_THROUGH.itemsMax];
  const findings = names
    .filter((name) => !isTaken(name))
    .map((name) => diagnostic('TARGET_PASS_THROUGH_NAME', { target, list, name }));
  return count > max ? [...findings, diagnostic('TARGET_PASS_THROUGH_COUNT', { target, list, count, max })] : findings;
}

function hasLength(max: number): (name: string) => boolean {
  return (name) => name.length >= 1 && name.length <= max;
}

function isHeader(max: number): (name: string) => boolean {
  const { headerPattern, refused, reserved, allowedReserved } = PASS_THROUGH;
  return (name) => {
    const plain = name.toLowerCase();
    const isOpen = !refused.test(plain) && (!reserved.test(plain) || allowedReserved.test(plain));
    return hasLength(max)(name) && headerPattern.test(name) && isOpen;
  };
}
