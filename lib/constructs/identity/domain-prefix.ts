import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { deployedStackName } from '../names/deployed-stack-name';

/** Source: Amazon Cognito developer guide, page cognito-user-pools-assign-domain-prefix. */
const PREFIX_PATTERN = /^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** Words that Cognito refuses in a prefix. Same source. */
const RESERVED_WORDS = /aws|amazon|cognito/;

/** Characters of the gateway's name: what 63 leave beside a hash of 8, an account of 12 and two hyphens. */
const NAME_LENGTH = 41;

/** Whether Cognito takes a domain prefix. */
export function isDomainPrefix(prefix: string): boolean {
  return PREFIX_PATTERN.test(prefix) && !RESERVED_WORDS.test(prefix);
}

/**
 * A prefix that nobody else in the Region has and that stays when the stack is created anew: the gateway's name for people, a hash of
 * stack and path against other gateways of the account, and the account, which in a stack without environment is a token.
 */
export function domainPrefix(scope: Construct, gatewayName: string): string {
  const stack = Stack.of(scope);
  const hash = createHash('sha256')
    .update(`${deployedStackName(scope)}\0${scope.node.path}`)
    .digest('hex')
    .slice(0, 8);
  return `${readableName(gatewayName)}-${hash}-${stack.account}`;
}

function readableName(gatewayName: string): string {
  if (Token.isUnresolved(gatewayName)) return 'gateway';
  let name = gatewayName.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  while (RESERVED_WORDS.test(name)) name = name.replace(RESERVED_WORDS, '-');
  const trimmed = name.replace(/-+/g, '-').slice(0, NAME_LENGTH).replace(/^-|-$/g, '');
  return trimmed === '' ? 'gateway' : trimmed;
}
