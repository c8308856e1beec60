import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { PolicySource } from '../policy/source/source';
import type { Invariant } from '../policy/statements/invariant';
import type { Identity } from './identity/identity';
import type { InterceptorProofOptions } from './interceptor-proof/interceptor-proof';
import type { HttpMessages } from './interceptors/http-messages';
import type { Interceptor } from './interceptors/interceptor';
import type { InterceptorStep } from './interceptors/interceptor-step';
import type { SpoofResponse } from './interceptors/spoof-response';
import type { TrustedField } from './interceptors/trusted-field';
import type { LocalOptions } from './manifest/local-options';
import type { EnforcementGuard } from './operations/guard/enforcement-guard';
import type { Observability } from './operations/observability';
import type { EnforcementMode } from './policies/enforcement-mode';
import type { Tools } from './targets/tools';

/** Properties of a governed gateway. */
export interface GovernedGatewayProps {
  /** Whether policies decide or only log. Required, so that the choice is made on purpose. */
  readonly mode: EnforcementMode;

  /**
   * Gateway targets by name. Names take letters, digits and hyphens. More can follow with `addTarget`.
   *
   * @default - no targets yet
   */
  readonly targets?: { readonly [name: string]: Tools };

  /**
   * Where the Cedar policies come from. More can follow with `addPolicies`.
   *
   * @default - no policies yet: an empty set denies every call under ENFORCE, which does not synthesize
   */
  readonly policies?: PolicySource[];

  /**
   * What has to hold for every call there can be, beside the `*.invariant.cedar` files that lie with the policies. Proved at synth, never deployed.
   *
   * @default - the invariants of the policy files
   */
  readonly invariants?: Invariant[];

  /**
   * Who may call, and which claims their tokens carry.
   *
   * @default Identity.cognito()
   */
  readonly identity?: Identity;

  /**
   * Classes of your own that tools can be in, beside `read`, `write`, `destructive` and `open-world`. Policies may name them before any
   * tool has them, and no tool may have another.
   *
   * @default - whatever classes the tools have
   */
  readonly toolClasses?: string[];

  /**
   * Tool arguments that the agent must not choose, by name. The REQUEST interceptor fills them in on every call.
   *
   * @default - no trusted fields
   */
  readonly trustedContext?: { readonly [field: string]: TrustedField };

  /**
   * What happens to a call in which the client sent a value for a trusted field.
   *
   * @default SpoofResponse.OVERWRITE
   */
  readonly onSpoof?: SpoofResponse;

  /**
   * Steps of the interceptors, in the order of the request; the RESPONSE interceptor runs them in reverse. Trusted context comes first.
   *
   * @default - no further steps
   */
  readonly steps?: InterceptorStep[];

  /**
   * How the secret changes with which the REQUEST interceptor proves to guard policies that it saw a call. There is one when tools have
   * trusted context, or rely on a required step.
   *
   * @default - the secret has one value, made at the first deployment
   */
  readonly interceptorProof?: InterceptorProofOptions;

  /**
   * What the gateway shows of its work: application log, traces.
   *
   * @default - what the service publishes by itself: metrics, but no log and no trace
   */
  readonly observability?: Observability;

  /**
   * Watches in the account whether the gateway is still what the stack declares.
   *
   * @default - nothing watches; `governed-gateway verify --control-plane` compares when it is run
   */
  readonly enforcementGuard?: EnforcementGuard;

  /**
   * Your own REQUEST chain in TypeScript instead of the bundled one. It receives the configured steps.
   *
   * @default - the bundled chain, when there is a step or a trusted field
   */
  readonly requestInterceptor?: Interceptor;

  /**
   * Your own RESPONSE chain in TypeScript instead of the bundled one. It receives the configured steps.
   *
   * @default - the bundled chain, when there is a step or a trusted field
   */
  readonly responseInterceptor?: Interceptor;

  /**
   * What the interceptors do with messages that are not MCP, which no step can judge.
   *
   * @default HttpMessages.REFUSE
   */
  readonly httpMessages?: HttpMessages;

  /**
   * Name of the gateway. The service cannot rename a gateway.
   *
   * @default - derived from the construct's path, in lower case, unique in the account and Region
   */
  readonly gatewayName?: string;

  /**
   * Description of the gateway, 1 to 200 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Instructions for MCP clients, 1 to 2,048 characters.
   *
   * @default - none
   */
  readonly instructions?: string;

  /**
   * MCP protocol versions that clients may speak.
   *
   * @default - all that the platform supports, 2025-03-26 included, which clients without a version header speak
   */
  readonly protocolVersions?: agentcore.MCPProtocolVersion[];

  /**
   * Whether the gateway offers the semantic search tool. Cannot be changed after creation, and is not available in GovCloud. Search results may
   * show tools that the policies forbid to the caller; `Steps.toolFilter` hides them.
   *
   * @default true
   */
  readonly semanticSearch?: boolean;

  /**
   * Lifetime of an MCP session, 15 minutes to 8 hours. Setting it turns sessions on.
   *
   * @default - no sessions
   */
  readonly sessionTimeout?: Duration;

  /**
   * Whether answers are streamed to clients that accept event streams.
   *
   * @default false
   */
  readonly responseStreaming?: boolean;

  /**
   * Whether `tools/list` answers in pages.
   *
   * @default true
   */
  readonly toolListPagination?: boolean;

  /**
   * How much detail of an error clients see. DEBUG shows details of targets and interceptors; do not use it in production.
   *
   * @default - generic error texts
   */
  readonly exceptionLevel?: agentcore.GatewayExceptionLevel;

  /**
   * Key that encrypts gateway, policy engine, log groups and the user pool's trigger environment.
   *
   * @default - keys owned by AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * An existing policy engine. Only policies that this construct made are changed in it.
   *
   * @default - an engine of the gateway's own
   */
  readonly policyEngine?: agentcore.IPolicyEngine;

  /**
   * Whether undeclared policies are removed from the gateway's own engine, after their text was logged. With `false` they are only reported.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * How long the log groups of all functions keep their events.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What happens to the user pool, the log groups and the policy engine when the stack is deleted.
   *
   * @default - user pool and log groups are retained, the engine is deleted with its gateway
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * What the emulator needs beyond the template.
   *
   * @default - nothing
   */
  readonly local?: LocalOptions;

  /**
   * Tags of gateway and policy engine. `Tags.of(gateway)` tags everything that the gateway consists of.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };
}
