import type { DeclaredBaseline } from './baseline';
import type { EnforcementMode } from './decision';
import type { HttpRequest } from './http-request';
import type { DeclaredInvariant } from './invariant';
import type { JsonObject, JsonValue } from './json';
import type { CatalogTool } from './mcp';
import type { DeclaredPack } from './pack';
import type { DesiredPolicy } from './policy-set-document';
import type { DeclaredStep } from './steps/declared-step';
import type { DeclaredTrustedField } from './trusted-context';

export const MANIFEST_VERSION = 1;

/** Ending of manifest files, which lie beside the template: `<stack>.<id>.gateway.json`. */
export const MANIFEST_SUFFIX = '.gateway.json';

/** A bundled function that the emulator can run as Lambda would. */
export interface FunctionManifest {
  /** Folder of the bundle, relative to the manifest. */
  readonly asset: string;
  /** `file.export`, for example `index.handler`. */
  readonly handler: string;
  /** Lambda's name of the runtime, such as `python3.13`. @default - Node.js */
  readonly runtime?: string;
  /** Values are strings, or CloudFormation intrinsics such as `{ "Ref": "Table" }` that a local stand-in resolves. */
  readonly environment: { readonly [name: string]: JsonValue };
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** ARN of the role that it runs as, or an intrinsic; absent where nobody knows. */
  readonly role?: JsonValue;
  /** Source file in the app's directory, absent for bundles of this library. */
  readonly entry?: string;
}

/** An interceptor of a gateway. */
export interface InterceptorManifest extends FunctionManifest {
  /** Steps of a chain of the team's own; absent for the library's chain, and for a chain that declares none. */
  readonly steps?: readonly DeclaredStep[];
}

/** A file of the app as synthesis read it. */
export interface SourceFile {
  /** Path relative to the app's directory, with forward slashes. */
  readonly file: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
}

/** What the schema generator made of the tools at synthesis, so that it need not be asked about the same ones again. */
export interface KeptTypes {
  /** Its answer, as JSON text. */
  readonly answer: string;
  /** SHA-256 of all that the answer depends on and of the answer, hexadecimal. One that does not fit is as good as none. */
  readonly digest: string;
}

/** A claim that the identity provider puts into access tokens, and where it takes it from. */
export interface DeclaredClaim {
  readonly name: string;
  readonly source: 'attribute' | 'groups' | 'client' | 'standard' | 'declared';
  /** Name of the user attribute, for `attribute`. */
  readonly attribute?: string;
  /** Values by group (`groups`) or by the client's name (`client`). */
  readonly values?: { readonly [key: string]: JsonValue };
  /** Values by the client's name for tokens without a user, for `attribute` and `groups`. */
  readonly machineValues?: { readonly [client: string]: JsonValue };
  /** Whether the claim is an array, so that its tag is JSON text. */
  readonly multiValued: boolean;
}

export interface IdentityManifest {
  readonly kind: 'cognito' | 'existing-user-pool' | 'oidc' | 'iam' | 'none';
  readonly authorization: 'jwt' | 'iam' | 'none';
  readonly discoveryUrl?: JsonValue;
  readonly allowedClients: readonly JsonValue[];
  readonly allowedAudiences: readonly string[];
  readonly allowedScopes: readonly string[];
  readonly customClaims: readonly JsonObject[];
  /** Seconds that access tokens live; absent when nobody can know. */
  readonly accessTokenSeconds?: number;
  /** Claims that access tokens carry; undefined when nobody can know (an issuer whose claims were not declared). */
  readonly claims?: readonly DeclaredClaim[];
  readonly groups: readonly string[];
  /** Clients of the pool by name. */
  readonly clients: readonly {
    readonly name: string;
    readonly clientId: JsonValue;
    readonly flow: 'code' | 'client-credentials';
    /** Everything that the client may ask for, by full names. */
    readonly scopes: readonly string[];
    /** Where browsers may be sent after signing in, letter by letter; absent for a client that this app does not make. */
    readonly callbackUrls?: readonly string[];
    /** Where browsers may be sent after signing out. */
    readonly logoutUrls?: readonly string[];
  }[];
  readonly preTokenGeneration?: FunctionManifest;
  /** Where clients get tokens, when the identity issues them. */
  readonly tokenEndpointUrl?: JsonValue;
  /** Why there is no authorization at all, as its author wrote it; for `none`. */
  readonly reason?: string;
}

export interface TargetManifest {
  readonly name: string;
  readonly kind: 'lambda' | 'openapi' | 'smithy' | 'api-gateway' | 'mcp-server' | 'custom';
  /** Bare names; input schemas as published, trusted fields included. */
  readonly tools: readonly CatalogTool[];
  /** Schemas of arguments by bare name as the source declares them, where the published schema says less. @default - none */
  readonly declaredInputs?: { readonly [tool: string]: JsonObject };
  /** Bare names of the tools that a policy of the library denies, because the app does not want them. @default - none */
  readonly excludedTools?: readonly string[];
  readonly function?: FunctionManifest;
  /** Base URL of HTTP targets, when known at synth. */
  readonly endpoint?: JsonValue;
  /** How the tools of an HTTP API are called, by bare name; absent where that is not known at synth. */
  readonly requests?: { readonly [tool: string]: HttpRequest };
  /** Headers that pass from client and interceptor to the target; `Authorization` of the interceptor always does. @default - none */
  readonly allowedRequestHeaders?: readonly string[];
}

/** A DynamoDB table that interceptors or tools read, so that the emulator can stand in for it. */
export interface TableManifest {
  /** Logical id in the template, which `{ "Ref": ... }` names. */
  readonly logicalId: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Items for local runs, plain JSON. */
  readonly seed: readonly JsonObject[];
}

/** A table of the local query engine. */
export interface SqlTableManifest {
  readonly name: string;
  /** Rows: a CSV file with a header line, or a JSON file with an array of objects. Relative to the manifest. */
  readonly file: string;
  /** In order. Types as in Athena: string, varchar, bigint, int, double, decimal(p,s), boolean, date, timestamp. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What a role may read of a table. A table without a grant does not exist for the role. */
export interface SqlGrantManifest {
  readonly table: string;
  /** Columns that the role sees. @default - all */
  readonly columns?: readonly string[];
  /**
   * SQL condition on the table's columns; rows that do not fulfil it do not exist for the role. `$tag(name)` stands for
   * the session tag of that name as a string, and for NULL when the session has none. @default - all rows
   */
  readonly rowFilter?: string;
  /** SQL expressions by column, which the role reads in place of the column's value. @default - none */
  readonly masks?: { readonly [column: string]: string };
}

/** A role that tools assume to query the local engine under the caller's permissions. */
export interface SqlRoleManifest {
  /** Logical id in the template, which `{ "Ref": ... }` and `{ "Fn::GetAtt": [..., "Arn"] }` name. */
  readonly logicalId: string;
  /** Name of the role, when the template fixes one; the ARN ends in it. @default - the logical id */
  readonly roleName?: string;
  /** Who may assume the role, with intrinsics; absent for a role that this app does not make, which anyone may assume locally. */
  readonly trustPolicy?: JsonObject;
  readonly grants: readonly SqlGrantManifest[];
}

/** Stands in for Athena and Lake Formation in local runs. */
export interface SqlManifest {
  /** Name of the Glue database that statements and `QueryExecutionContext` name. */
  readonly database: string;
  readonly tables: readonly SqlTableManifest[];
  readonly roles: readonly SqlRoleManifest[];
}

/** What local runs need and the cloud does not. */
export interface LocalManifest {
  readonly tables: readonly TableManifest[];
  readonly personas: readonly PersonaManifest[];
  readonly sql?: SqlManifest;
  /** Shows what people would be told of blocked calls: takes a `NoticePreview` and gives texts. @default - nobody is told */
  readonly notices?: FunctionManifest;
  /**
   * Values of resources that function environments name by intrinsic and that have no stand-in of their own, by logical id
   * or by `<logical id>.<attribute>`: for example an Athena workgroup's name. @default - the logical id itself
   */
  readonly values?: { readonly [reference: string]: string };
}

/** A user for local runs. */
export interface PersonaManifest {
  readonly username: string;
  readonly groups: readonly string[];
  readonly attributes: { readonly [name: string]: string };
  /** Claims of the user's tokens; of an issuer of the team's own, which has neither groups nor attributes. */
  readonly claims?: JsonObject;
}

/**
 * Everything about one governed gateway that the emulator, the command line and the policy tests need. Plain data, written
 * beside the template at synth. Nothing flows back to the constructs.
 */
export interface GatewayManifest {
  readonly manifestVersion: typeof MANIFEST_VERSION;
  /** Path of the construct. */
  readonly path: string;
  readonly stackName: string;
  readonly gateway: {
    readonly name: string;
    readonly logicalId: string;
    readonly mode: EnforcementMode;
    readonly protocolVersions: readonly string[];
    readonly instructions?: string;
    readonly semanticSearch: boolean;
    readonly sessionTimeoutSeconds?: number;
    readonly responseStreaming: boolean;
    readonly toolListPagination: boolean;
    readonly exceptionLevel?: 'DEBUG';
  };
  readonly identity: IdentityManifest;
  readonly targets: readonly TargetManifest[];
  /** Classes of the team's own, if it says them. @default - whatever classes the tools have */
  readonly toolClasses?: readonly string[];
  readonly trustedContext: readonly DeclaredTrustedField[];
  readonly interceptors: { readonly request?: InterceptorManifest; readonly response?: InterceptorManifest };
  readonly policies: readonly DesiredPolicy[];
  /** Baselines that apply to the gateway, and whether it keeps them. @default - none */
  readonly baselines?: readonly DeclaredBaseline[];
  /** Packs that policies and invariants were rendered from. @default - none */
  readonly packs?: readonly DeclaredPack[];
  /** Invariants, which must hold for every call. Never deployed. */
  readonly invariants: readonly DeclaredInvariant[];
  /** Cedar schema file, relative to the manifest. */
  readonly schema: string;
  /** Types of the tools' arguments. @default - the generator refused a tool, and is asked again */
  readonly types?: KeptTypes;
  /** Folders and files that policies came from, relative to the app's directory, so that changes can be watched. */
  readonly policySources: readonly string[];
  /** Policy test files, relative to the app's directory. */
  readonly tests: readonly string[];
  /** Files of the app that synthesis read, with what they held then. A file that was changed since makes the manifest stale. */
  readonly sources: readonly SourceFile[];
  /** Logical ids of the stack's outputs by what they are called here, for example `GatewayUrl`. */
  readonly outputs: { readonly [name: string]: string };
  readonly local: LocalManifest;
}
