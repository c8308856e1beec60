import type { DenialShape, EnforcementMode } from '../contract/decision';
import type { PlatformSwitches } from '../policy/schema/catalog-target';
import type { CallRecord } from './call-record';

/**
 * Unproven behaviours of the platform. Each default follows what was observed, or what is safest;
 * docs/platform-assumptions.md lists them with their sources.
 */
export interface EmulatorSwitches extends PlatformSwitches {
  /** How a denied call is answered: a JSON-RPC error or a tool result. @default 'error' */
  readonly denialShape?: DenialShape;
  /** Whether a denial names the policy's id, as a service log did, or its bare name. @default 'id' */
  readonly denialPolicy?: 'id' | 'name';
  /** What happens to a message whose REQUEST interceptor does not answer in time: it goes on untouched, or is refused. @default 'proceed' */
  readonly interceptorTimeout?: 'proceed' | 'refuse';
  /** Whether the RESPONSE interceptor runs after a denial or a failed tool. @default true */
  readonly interceptDeniedResponses?: boolean;
  /** What happens when an interceptor answers with a member that the platform ignores. @default 'warn' */
  readonly ignoredInterceptorMember?: 'warn' | 'error';
  /** Whether a tool's object with a `content` array is the result itself instead of text in one. @default false */
  readonly nativeContent?: boolean;
  /** Whether a tool with an output schema answers with structured content too. @default true */
  readonly structuredContent?: boolean;
  /** Tools on one page of `tools/list`. @default 100 */
  readonly toolListPageSize?: number;
  /** Whether `sub` is a tag of the principal. @default false */
  readonly subTag?: boolean;
  /** Whether array claims have a space after each comma. @default false */
  readonly spacedArrays?: boolean;
}

/** What {@link startEmulator} takes. */
export interface EmulatorOptions {
  /** Cloud assembly folder, or one manifest file. @default 'cdk.out' */
  readonly assembly?: string;
  /** Construct path of the gateway that is run, or of a stack or stage above it; needed when the assembly has several. @default - the only one */
  readonly gateway?: string;
  /** Directory of the app, which sources and policies are relative to. @default - the working directory, or the nearest above the assembly that has the app's files */
  readonly appDirectory?: string;
  /** TCP port; 0 takes a free one. @default 4100 */
  readonly port?: number;
  /** Address to listen on. Anything but loopback opens the emulator to the network. @default '127.0.0.1' */
  readonly host?: string;
  /** Mode of the policy engine. @default - as synthesized */
  readonly mode?: EnforcementMode;
  /** Base URLs at which HTTP and MCP server targets are called, by target name. @default - they are not called, see `live` */
  readonly endpoints?: { readonly [target: string]: string };
  /**
   * Whether HTTP and MCP server targets are called at the URLs at which the deployed gateway calls them. Otherwise they answer with the
   * examples of their documents, unless their URL is on this machine.
   *
   * @default false
   */
  readonly live?: boolean;
  /** Folder of answers, `target___tool.json`, which tools give in place of being called. @default - none */
  readonly answers?: string;
  /** Whether the assembly is taken as it is, whatever was changed since synth. @default false */
  readonly frozen?: boolean;
  /** Whether changed sources are reloaded while running. @default false */
  readonly watch?: boolean;
  /** File that gets one JSON line per call. @default - none */
  readonly logFile?: string;
  /** File that gets one record per call of a tool: what policies can read of it, and how it ended. @default - none */
  readonly recordFile?: string;
  /** File that gets what the platform would tell: log records, spans and metric data points, one a line. Holds arguments. @default - none */
  readonly telemetryFile?: string;
  /** Base URL of an OpenTelemetry collector that gets the same by OTLP/HTTP. @default - none */
  readonly otlp?: string;
  /** Seconds that one notice of blocked calls covers, from its first denial. @default 10 */
  readonly noticeSeconds?: number;
  /** Called with every line meant for the console. @default - silent */
  readonly print?: (line: string) => void;
  /** Called with the record of every call. @default - nobody */
  readonly onCall?: (record: CallRecord) => void;
  /** Whether console lines explain each decision, not only those that policies erred in. @default false */
  readonly explain?: boolean;
  /** Clock. @default - the system's clock */
  readonly clock?: () => Date;
  /** Unproven behaviours of the platform. @default - every switch as docs/platform-assumptions.md says */
  readonly switches?: EmulatorSwitches;
}

export type ResolvedSwitches = Required<EmulatorSwitches>;

/** The only home of the switches' defaults. */
export function resolveSwitches(switches: EmulatorSwitches = {}): ResolvedSwitches {
  return {
    denialShape: switches.denialShape ?? 'error',
    denialPolicy: switches.denialPolicy ?? 'id',
    interceptorTimeout: switches.interceptorTimeout ?? 'proceed',
    interceptDeniedResponses: switches.interceptDeniedResponses ?? true,
    ignoredInterceptorMember: switches.ignoredInterceptorMember ?? 'warn',
    nativeContent: switches.nativeContent ?? false,
    structuredContent: switches.structuredContent ?? true,
    toolListPageSize: switches.toolListPageSize ?? 100,
    subTag: switches.subTag ?? false,
    spacedArrays: switches.spacedArrays ?? false,
    unknownArguments: switches.unknownArguments ?? 'deny',
    typedStrings: switches.typedStrings ?? 'converted',
    enums: switches.enums ?? 'string',
  };
}
