import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { LogOptions } from './functions/sealed-function';
import type { Identity } from './identity/identity';
import type { InterceptorProofOptions } from './interceptor-proof/interceptor-proof';
import type { InterceptorOptions } from './interceptors/interceptor-options';
import type { LocalOptions } from './manifest/local-options';
import type { EnforcementGuard } from './operations/guard/enforcement-guard';
import type { Observability } from './operations/observability';
import type { EnforcementMode } from './policies/enforcement-mode';
import type { PolicyOptions } from './policies/governed-policies';
import type { Tools } from './targets/tools';

/** Settings of the gateway resource. */
export interface GatewaySettings {
  readonly mode: EnforcementMode;
  /** Id of the gateway's construct. */
  readonly resourceId: string;
  readonly gatewayName: string;
  readonly description: string | undefined;
  readonly instructions: string | undefined;
  readonly protocolVersions: readonly string[];
  readonly semanticSearch: boolean;
  readonly sessionTimeoutSeconds: number | undefined;
  readonly responseStreaming: boolean;
  readonly toolListPagination: boolean;
  readonly exceptionLevel: agentcore.GatewayExceptionLevel | undefined;
  readonly encryptionKey: kms.IKey | undefined;
  readonly tags: { readonly [key: string]: string };
}

/** All props of a gateway after defaults, by the part that takes them. What is still undefined has no default. */
export interface ResolvedProps {
  readonly settings: GatewaySettings;
  readonly identity: Identity;
  /** Name for what the identity makes. Unlike the gateway's, no change of another prop changes it. */
  readonly identityName: string;
  readonly policies: PolicyOptions;
  readonly interceptors: InterceptorOptions;
  readonly interceptorProof: InterceptorProofOptions;
  readonly targets: { readonly [name: string]: Tools };
  readonly logs: LogOptions;
  readonly observability: Observability | undefined;
  readonly enforcementGuard: EnforcementGuard | undefined;
  readonly local: LocalOptions;
}
