import type { Claims } from '../../contract/claims';
import type { LocalManifest } from '../../contract/manifest';
import type { Resolver } from '../../contract/template-values';
import type { RoleSessions } from './role-sessions';

/** What the stand-ins of one application share. */
export interface EdgeContext {
  readonly local: LocalManifest;
  /** Folder that example data is relative to. */
  readonly directory: string;
  readonly resolve: Resolver;
  /** Values of the application's secrets by what functions call them. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Who signs requests by assumed roles: STS remembers it, other stand-ins ask. */
  readonly sessions: RoleSessions;
  /** Role ARNs of the application's functions by the access key ids that they sign with. */
  readonly functionRoles: ReadonlyMap<string, string>;
  /** Claims of a token of the local identity provider; undefined for every other token, and for an expired one. */
  readonly verifyToken: (token: string) => Promise<Claims | undefined>;
}

/** A started stand-in. */
export interface RunningService {
  /** `http://127.0.0.1:49152`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Stands in for one AWS service. */
export interface EdgeService {
  /** Variables that point AWS clients of functions to the stand-in. */
  environment(url: string): { readonly [name: string]: string };
  /** Packages of the AWS SDK that functions call the service with. */
  sdkClients(): readonly string[];
  /** Starts the stand-in; undefined for an application that does not need it. */
  start(context: EdgeContext): Promise<RunningService | undefined>;
}
