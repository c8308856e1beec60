import type { GatewayManifest } from '../contract/manifest';
import type { ToolDefinition } from '../contract/mcp';
import type { DesiredPolicy } from '../contract/policy-set-document';
import type { LocalFunction } from './functions/local-function';
import type { TokenCheck } from './identity/token-check';
import type { Sessions } from './mcp/sessions';
import type { TextIndex } from './mcp/text-index';
import type { DenialLog } from './observe/denial-log';
import type { ResolvedSwitches } from './options';
import type { PolicyDecider } from './policy/decider';
import type { TargetCaller } from './targets/target';

/** One tool of the gateway under its full name. */
export interface GatewayTool {
  readonly definition: ToolDefinition;
  readonly target: string;
}

/**
 * Everything that one message needs on its way. Immutable: a reload makes a new one, and messages under way finish with
 * the one that they started with.
 */
export interface ServingGateway {
  readonly manifest: GatewayManifest;
  /** `http://127.0.0.1:4100`. */
  readonly baseUrl: string;
  readonly switches: ResolvedSwitches;
  readonly clock: () => Date;
  readonly checkToken: TokenCheck;
  readonly policies: PolicyDecider;
  /** The policies under their names on the service, with tools in place of classes. */
  readonly deployed: readonly DesiredPolicy[];
  readonly requestInterceptor: LocalFunction | undefined;
  readonly responseInterceptor: LocalFunction | undefined;
  readonly tools: ReadonlyMap<string, GatewayTool>;
  readonly toolIndex: TextIndex;
  readonly targets: ReadonlyMap<string, TargetCaller>;
  readonly sessions: Sessions | undefined;
  /** Whether every decision is explained in full, which costs time. */
  readonly explains: boolean;
  /** Which steps of the interceptors denied. */
  readonly denials: DenialLog;
  /** Says something that the developer must see. */
  readonly warn: (text: string) => void;
}
