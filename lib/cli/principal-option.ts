import type { Command } from 'commander';
import { type Claims, type Principal, principalFromClaims, principalFromIam } from '../contract/claims';
import { GovernanceError } from '../diagnostics/governance-error';
import { suggest } from '../diagnostics/suggest';
import { claimsOf } from '../policy/testing/run/persona-claims';
import type { GatewayInput } from './gateway-input';
import { oneOption } from './one-option';
import { readTokenClaims } from './read-token';
import { readJsonObject } from './read-value';
import type { Terminal } from './terminal';

/** Options that say who calls. */
export interface PrincipalOptions {
  readonly as?: string;
  readonly claims?: string;
  readonly token?: string;
  readonly iam?: string;
}

/** Declares the options. */
export function principalOptions(command: Command): Command {
  return command
    .option('--as <name>', 'user or machine client of the app')
    .option('--claims <json>', 'claims of the token as JSON, @file, or - for stdin; without `sub`, an unnamed caller')
    .option('--token <file>', 'file with an access token, whose signature is not checked')
    .option('--iam <arn>', 'ARN of the caller, of a gateway with AWS credentials');
}

/** The caller that the options name, as Cedar sees it. Throws when there is none, or more than one. */
export async function readPrincipal(
  terminal: Terminal,
  gateway: GatewayInput,
  { as, claims, token, iam }: PrincipalOptions,
  now: Date,
): Promise<Principal> {
  const { name, value } = oneOption('authorize', { as, claims, token, iam });
  if (name === 'iam') return principalFromIam(value);
  if (name === 'as') return principalFromClaims(claimsOfCaller(gateway, value));
  const given =
    name === 'token' ? await readTokenClaims(terminal, value, now) : await readJsonObject(terminal, '--claims', value);
  return principalFromClaims(withSub(`--${name}`, given));
}

/** The claims of a token that the emulator gives the user or machine client of this name. */
function claimsOfCaller({ personas, identity }: GatewayInput, name: string): Claims {
  const plain = { name, groups: [], attributes: {}, claims: {}, anonymous: false, trusted: {} };
  const user = personas.find(({ username }) => username === name);
  if (user !== undefined) {
    return claimsOf({ ...plain, ...user, claims: user.claims ?? {} }, identity);
  }
  const machines = (identity?.clients ?? []).flatMap((one) => (one.flow === 'client-credentials' ? [one.name] : []));
  if (machines.includes(name)) return claimsOf({ ...plain, client: name }, identity);
  const names = [...personas.map(({ username }) => username), ...machines];
  throw GovernanceError.of('COMMAND_PERSONA_UNKNOWN', { name, suggestion: suggest(name, names) });
}

function withSub(option: string, claims: Claims): Claims {
  const sub = claims['sub'] ?? 'unnamed';
  if (typeof sub === 'string' && sub !== '') return { ...claims, sub };
  throw GovernanceError.of('COMMAND_OPTION_INVALID', {
    option,
    value: `sub: ${JSON.stringify(sub)}`,
    expected: 'a `sub` that is a text',
  });
}
