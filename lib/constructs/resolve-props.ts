import { createHash } from 'node:crypto';
import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { LIMITS } from '../contract/limits';
import { MCP_PROTOCOL_VERSIONS } from '../contract/mcp';
import { checkSettings, checkTypes } from './check-props';
import type { GovernedGatewayProps } from './governed-gateway-props';
import { Identity } from './identity/identity';
import { HttpMessages } from './interceptors/http-messages';
import { SpoofResponse } from './interceptors/spoof-response';
import { engineNameOfKey, KEY_FINGERPRINT_LENGTH } from './names/arns';
import type { EngineOptions } from './policies/policy-engine';
import type { ResolvedProps } from './resolved-props';

/** Leaves room for the fingerprint of a key. */
const ENGINE_FAMILY_LENGTH =
  LIMITS.policyNameMaxLength - engineNameOfKey('', ' '.repeat(KEY_FINGERPRINT_LENGTH)).length;

/** Leaves room for what {@link fixedAtCreation} tells apart. */
const GATEWAY_NAME_LENGTH = LIMITS.gatewayNameMaxLength - '-none-unsearched'.length;

/** Checks props and resolves every default, here and nowhere else. Throws a GovernanceError for props that no gateway can have. */
export function resolveProps(scope: Construct, props: GovernedGatewayProps): ResolvedProps {
  checkTypes(props);
  const { encryptionKey, tags = {}, identity = Identity.cognito(), semanticSearch = true } = props;
  const identityName = props.gatewayName ?? uniqueName(scope, '-', GATEWAY_NAME_LENGTH).toLowerCase();
  const fixed = fixedAtCreation(identity, semanticSearch);
  const resolved: ResolvedProps = {
    settings: {
      mode: props.mode,
      resourceId: gatewayResourceId(identity, semanticSearch),
      gatewayName: props.gatewayName ?? [identityName, ...fixed].join('-'),
      description: props.description,
      instructions: props.instructions,
      protocolVersions: props.protocolVersions?.map((version) => version.value) ?? MCP_PROTOCOL_VERSIONS,
      semanticSearch,
      sessionTimeoutSeconds: props.sessionTimeout?.toSeconds(),
      responseStreaming: props.responseStreaming ?? false,
      toolListPagination: props.toolListPagination ?? true,
      exceptionLevel: props.exceptionLevel,
      encryptionKey,
      tags,
    },
    identity,
    identityName,
    policies: {
      sources: props.policies ?? [],
      invariants: props.invariants ?? [],
      toolClasses: props.toolClasses,
      engine: {
        ...engineNames(scope, encryptionKey),
        removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
        tags,
        encryptionKey,
      },
      existingEngine: props.policyEngine,
      prune: props.prune ?? true,
    },
    interceptors: {
      trustedContext: props.trustedContext ?? {},
      onSpoof: props.onSpoof ?? SpoofResponse.OVERWRITE,
      steps: props.steps ?? [],
      chains: { REQUEST: props.requestInterceptor, RESPONSE: props.responseInterceptor },
      httpMessages: props.httpMessages ?? HttpMessages.REFUSE,
    },
    interceptorProof: props.interceptorProof ?? {},
    targets: props.targets ?? {},
    logs: {
      logRetention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      encryptionKey,
    },
    observability: props.observability,
    enforcementGuard: props.enforcementGuard,
    local: props.local ?? {},
  };
  checkSettings(resolved.settings);
  return resolved;
}

/** Id of the gateway's L2 below its construct. */
export function gatewayResourceId(identity: Pick<Identity, '_authorization'>, semanticSearch: boolean): string {
  return ['Resource', ...fixedAtCreation(identity, semanticSearch)].join('-');
}

/**
 * What the service fixes when it creates a gateway, as far as it differs from the defaults. CloudFormation plans an update for a change, which
 * the service refuses (aws-cloudformation/cloudformation-coverage-roadmap#2578). So a change makes another gateway, with another logical id
 * and, since both exist for a while, another name.
 */
function fixedAtCreation({ _authorization }: Pick<Identity, '_authorization'>, semanticSearch: boolean): string[] {
  return [...(_authorization === 'jwt' ? [] : [_authorization]), ...(semanticSearch ? [] : ['unsearched'])];
}

function engineNames(scope: Construct, key: kms.IKey | undefined): Pick<EngineOptions, 'engineName' | 'engineFamily'> {
  const engineFamily = startWithLetter(uniqueName(scope, '_', ENGINE_FAMILY_LENGTH).replace(/-/g, '_'));
  return { engineName: key ? engineNameOfKey(engineFamily, fingerprint(key)) : engineFamily, engineFamily };
}

function uniqueName(scope: Construct, separator: string, maxLength: number): string {
  return Names.uniqueResourceName(scope, { maxLength, separator, allowedSpecialCharacters: separator });
}

/** Tells keys apart by what the template says of their ARNs. */
function fingerprint(key: kms.IKey): string {
  const arn: unknown = Stack.of(key).resolve(key.keyArn);
  return createHash('sha256').update(JSON.stringify(arn)).digest('hex').slice(0, KEY_FINGERPRINT_LENGTH);
}

function startWithLetter(name: string): string {
  return /^[A-Za-z]/.test(name) ? name : `g${name.slice(1)}`;
}
