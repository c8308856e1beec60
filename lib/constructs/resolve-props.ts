import { createHash } from 'node:crypto';
import { Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { GATEWAY_NAME_PATTERN, LIMITS } from '../contract/limits';
import { MCP_PROTOCOL_VERSIONS } from '../contract/mcp';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';
import type { GovernedGatewayProps } from './governed-gateway-props';
import { Identity } from './identity/identity';
import { SpoofResponse } from './interceptors/spoof-response';
import { engineNameOfKey, KEY_FINGERPRINT_LENGTH } from './names/arns';
import { EnforcementMode } from './policies/enforcement-mode';

/** Leaves room for the fingerprint of a key. */
const ENGINE_FAMILY_LENGTH =
  LIMITS.policyNameMaxLength - engineNameOfKey('', ' '.repeat(KEY_FINGERPRINT_LENGTH)).length;

/** The props of a gateway after defaults. What is still optional has no default. */
export interface ResolvedProps {
  readonly mode: EnforcementMode;
  readonly identity: Identity;
  readonly onSpoof: SpoofResponse;
  readonly gatewayName: string;
  /** Name of the gateway's own engine, and the seed of policy names. It changes with the key, which no engine can change. */
  readonly engineName: string;
  /** Name of an engine without key, with which the names of all others begin that the gateway had or will have. */
  readonly engineFamily: string;
  readonly protocolVersions: readonly string[];
  readonly semanticSearch: boolean;
  readonly sessionTimeoutSeconds: number | undefined;
  readonly responseStreaming: boolean;
  readonly toolListPagination: boolean;
  readonly prune: boolean;
  readonly logRetention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly engineRemovalPolicy: RemovalPolicy;
  readonly tags: { readonly [key: string]: string };
  readonly encryptionKey: kms.IKey | undefined;
}

/** Resolves every default, here and nowhere else. */
export function resolveProps(scope: Construct, props: GovernedGatewayProps): ResolvedProps {
  const name = (separator: string, maxLength: number): string =>
    Names.uniqueResourceName(scope, { maxLength, separator, allowedSpecialCharacters: separator });
  const engineFamily = startWithLetter(name('_', ENGINE_FAMILY_LENGTH).replace(/-/g, '_'));
  return {
    mode: props.mode,
    identity: props.identity ?? Identity.cognito(),
    onSpoof: props.onSpoof ?? SpoofResponse.OVERWRITE,
    gatewayName: props.gatewayName ?? name('-', LIMITS.gatewayNameMaxLength),
    engineName: props.encryptionKey ? engineNameOfKey(engineFamily, fingerprint(props.encryptionKey)) : engineFamily,
    engineFamily,
    protocolVersions: props.protocolVersions?.map((version) => version.value) ?? MCP_PROTOCOL_VERSIONS,
    semanticSearch: props.semanticSearch ?? true,
    sessionTimeoutSeconds: props.sessionTimeout?.toSeconds(),
    responseStreaming: props.responseStreaming ?? false,
    toolListPagination: props.toolListPagination ?? true,
    prune: props.prune ?? true,
    logRetention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    engineRemovalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
    tags: props.tags ?? {},
    encryptionKey: props.encryptionKey,
  };
}

/** What a type check would have found. Throws it, since nothing can go on with such props: tsx runs an app without one. */
export function checkTypes(props: GovernedGatewayProps): void {
  const findings: Diagnostic[] = [];
  const wrong = (prop: string, expected: string): void => {
    findings.push(diagnostic('GATEWAY_PROP_INVALID', { prop, expected }));
  };
  if (!Object.values(EnforcementMode).includes(props.mode)) {
    wrong('mode', '`EnforcementMode.LOG_ONLY` or `EnforcementMode.ENFORCE`');
  }
  for (const [name, tools] of Object.entries(props.targets ?? {})) {
    if (typeof tools !== 'object') wrong(`targets.${name}`, "for example `Tools.fromTypeScript('tools.ts')`");
  }
  for (const [index, source] of (props.policies ?? []).entries()) {
    if (typeof source !== 'object') wrong(`policies[${index}]`, "for example `PolicySource.fromDirectory('policies')`");
  }
  if (findings.length > 0) throw new GovernanceError(findings);
}

/** What is wrong with the gateway's own props, all at once. */
export function checkProps(props: GovernedGatewayProps, resolved: ResolvedProps): Diagnostic[] {
  const findings: Diagnostic[] = [];
  const { gatewayName } = resolved;
  if (!Token.isUnresolved(gatewayName) && !GATEWAY_NAME_PATTERN.test(gatewayName)) {
    findings.push(diagnostic('GATEWAY_NAME_INVALID', { name: gatewayName, suggestion: validName(gatewayName) }));
  }
  const length = (prop: string, text: string | undefined, max: number): void => {
    if (text === undefined || Token.isUnresolved(text) || (text.length >= 1 && text.length <= max)) return;
    findings.push(diagnostic('GATEWAY_TEXT_LENGTH', { prop, length: text.length, max }));
  };
  length('description', props.description, LIMITS.gatewayDescriptionMaxLength);
  length('instructions', props.instructions, LIMITS.instructionsMaxLength);
  const session = resolved.sessionTimeoutSeconds;
  if (session !== undefined && (session < LIMITS.sessionTimeoutMin || session > LIMITS.sessionTimeoutMax)) {
    findings.push(diagnostic('GATEWAY_SESSION_TIMEOUT', { seconds: session }));
  }
  if (resolved.protocolVersions.length === 0) findings.push(diagnostic('GATEWAY_NO_PROTOCOL_VERSION', {}));
  return findings;
}

/** Tells keys apart by what the template says of their ARNs. */
function fingerprint(key: kms.IKey): string {
  const arn: unknown = Stack.of(key).resolve(key.keyArn);
  return createHash('sha256').update(JSON.stringify(arn)).digest('hex').slice(0, KEY_FINGERPRINT_LENGTH);
}

function startWithLetter(name: string): string {
  return /^[A-Za-z]/.test(name) ? name : `g${name.slice(1)}`;
}

/** The nearest name that the service takes. */
function validName(name: string): string {
  const parts = name.split(/[^0-9a-zA-Z]+/).filter((part) => part !== '');
  return parts.join('-').slice(0, LIMITS.gatewayNameMaxLength).replace(/-$/, '') || 'gateway';
}
