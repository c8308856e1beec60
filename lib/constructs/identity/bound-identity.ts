import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Principal } from '../../contract/claims';
import type { JsonValue } from '../../contract/json';
import type { DeclaredClaim, IdentityManifest, PersonaManifest } from '../../contract/manifest';

/** What an identity needs to know of the gateway that it is made for. */
export interface IdentityContext {
  readonly gatewayName: string;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: logs.RetentionDays;
  /** Key for log groups and environments. CloudWatch Logs must be allowed to use it. */
  readonly encryptionKey?: kms.IKey;
}

/** An identity as one gateway uses it. Texts may be CloudFormation tokens. */
export interface BoundIdentity {
  /** The gateway's inbound authorization, for aws-cdk-lib. */
  readonly authorizer: agentcore.IGatewayAuthorizerConfig;
  /** What aws-cdk-lib cannot express, by path below `AuthorizerConfiguration.CustomJWTAuthorizer` of the gateway resource. */
  readonly authorizerOverrides: { readonly [path: string]: JsonValue };
  readonly authorization: 'jwt' | 'iam' | 'none';
  /** Entity type of callers in Cedar. */
  readonly principalType: Principal['type'];
  /** The identity as data. May hold tokens: resolve it when it is written. */
  readonly manifest: IdentityManifest;
  /** Claims that access tokens carry; undefined when nobody can know. */
  readonly claims?: readonly DeclaredClaim[];
  /** Full names of the scopes of which a token needs one. Empty where any scope will do. */
  readonly scopes: readonly string[];
  /** Users for local runs. They are in no template. */
  readonly personas: readonly PersonaManifest[];
  readonly tokenEndpointUrl?: string;
  readonly discoveryUrl?: string;
  readonly userPool?: cognito.IUserPool;
  /** Client with which people sign in: authorization code with PKCE, no secret. */
  readonly peopleClient?: cognito.IUserPoolClient;
  /** Clients for machines by name: client credentials, with a secret. */
  readonly machineClients: { readonly [name: string]: cognito.IUserPoolClient };
  /** Outputs of the stack, by name. */
  readonly outputs: { readonly [name: string]: string };
}

/** Makes an identity for one gateway. */
export type IdentityBinder = (scope: Construct, context: IdentityContext) => BoundIdentity;
