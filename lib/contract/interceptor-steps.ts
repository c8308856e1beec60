import type { CallerSelector, ToolSelectors } from './interceptor-selectors';
import type { OnSpoof, TrustedField } from './trusted-context';

/** Fills trusted fields, and hides them from the agent. */
export interface TrustedContextStepConfig {
  readonly step: 'trusted-context';
  readonly fields: readonly TrustedField[];
  readonly onSpoof: OnSpoof;
}

/** What one argument may look like. Null and absent arguments break no rule. */
export interface ArgumentRule {
  /** Characters of a string, elements of an array. */
  readonly maxLength?: number;
  /** ECMAScript regular expression, matched with the `u` flag against the whole of a string. */
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** The only values allowed. */
  readonly oneOf?: readonly (string | number | boolean)[];
}

export interface ArgumentLimits {
  /** UTF-8 bytes of the arguments as JSON. */
  readonly maxBytes?: number;
  /** Objects and arrays inside each other; the argument object itself is 1. */
  readonly maxDepth?: number;
  /** Characters of any string. */
  readonly maxStringLength?: number;
  /** Elements of any array, members of any object. */
  readonly maxItems?: number;
  /** Arguments that the tool's schema does not declare. */
  readonly unknownArguments?: 'deny' | 'drop' | 'allow';
  /** Rules by argument name. */
  readonly arguments?: { readonly [name: string]: ArgumentRule };
}

/** Bounds what a client may send. The rules of every entry that selects a tool hold together; the strictest wins. */
export interface ArgumentLimitsStepConfig {
  readonly step: 'argument-limits';
  readonly limits: readonly (ArgumentLimits & { readonly tools: ToolSelectors })[];
}

/** Checks arguments against the tool's own JSON schema. */
export interface InputCheckStepConfig {
  readonly step: 'input-check';
  readonly tools: ToolSelectors;
  /** Whether a call to a tool whose schema is not known at synth is denied. */
  readonly denyWithoutSchema: boolean;
}

/** Personal data that can be recognized by its format. */
export type PiiKind =
  | 'email'
  | 'phone'
  | 'payment-card'
  | 'iban'
  | 'us-ssn'
  | 'ip-address'
  | 'aws-access-key'
  | 'bearer-token';

/** Masks fields of results, and patterns in any text of them. */
export interface RedactionStepConfig {
  readonly step: 'redaction';
  readonly fields: readonly {
    readonly tools: ToolSelectors;
    /** Paths such as `claims.ssn`; arrays are walked through, `*` is any member, `**` any depth. */
    readonly paths: readonly string[];
    /** Callers who see the fields. Nobody, when absent. */
    readonly visibleTo?: CallerSelector;
    /** What stands in the field's place; absent: the field is removed. */
    readonly replacement?: string;
  }[];
  readonly patterns: readonly {
    readonly tools: ToolSelectors;
    readonly kinds: readonly PiiKind[];
    readonly visibleTo?: CallerSelector;
  }[];
  /** What becomes of content in which fields cannot be found, such as prose and images, for callers who may not see the fields. */
  readonly opaqueContent: 'withhold' | 'keep';
}

/** Removes rows from results that do not belong to the caller. */
export interface RowScopeStepConfig {
  readonly step: 'row-scope';
  readonly rules: readonly {
    readonly tools: ToolSelectors;
    /** Path of the rows in the result; empty: the result itself. */
    readonly rows: string;
    /** Field of a row that names its owner. */
    readonly ownerField: string;
    /** Claim that must equal it. */
    readonly claim: string;
    /** Fields beside the rows that count them, set to the number of rows left. */
    readonly countFields: readonly string[];
    /** Callers who see every row. */
    readonly exempt?: CallerSelector;
  }[];
}

/** Hides tools in lists and search results, and denies calls to them. */
export interface ToolFilterStepConfig {
  readonly step: 'tool-filter';
  /** A tool is shown when any rule that selects it selects the caller as well. */
  readonly rules: readonly { readonly tools: ToolSelectors; readonly visibleTo?: CallerSelector }[];
  /** Tools that no rule selects. */
  readonly otherwise: 'show' | 'hide';
  /** Whether calls to hidden tools are denied as well. */
  readonly denyCalls: boolean;
}

/** Allows prompts and resources by name, since the policy engine governs tools only. */
export interface AllowListStepConfig {
  readonly step: 'allow-list';
  /** Names; a trailing `*` stands for any ending. */
  readonly prompts: readonly { readonly names: readonly string[]; readonly visibleTo?: CallerSelector }[];
  /** URIs; a trailing `*` stands for any ending. */
  readonly resources: readonly { readonly uris: readonly string[]; readonly visibleTo?: CallerSelector }[];
}

/** Exchanges the caller's identity for AWS credentials of a role and hands them to targets in headers. */
export interface TokenExchangeStepConfig {
  readonly step: 'token-exchange';
  readonly exchanges: readonly {
    readonly tools: ToolSelectors;
    /** Name of the environment variable that holds the role's ARN. */
    readonly roleVariable: string;
    /** `assume-role`: the interceptor vouches for the tags. `web-identity`: STS verifies the caller's token itself. */
    readonly method: 'assume-role' | 'web-identity';
    /** Session tags by key, with the claim that holds the value. Only for `assume-role`. */
    readonly sessionTags: { readonly [key: string]: string };
    /** Seconds. */
    readonly durationSeconds: number;
    readonly headers: CredentialHeaders;
  }[];
}

/** Where credentials go. Either one `authorization` header, or three headers that the target's configuration must allow. */
export interface CredentialHeaders {
  /** `Authorization: <scheme> <base64 of {accessKeyId, secretAccessKey, sessionToken}>` */
  readonly authorizationScheme?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

/** Writes one line per call. */
export interface AuditStepConfig {
  readonly step: 'audit';
  readonly points: 'response' | 'both';
  /** Claims that are recorded in addition to `sub`. */
  readonly claims: readonly string[];
  /** Arguments that are recorded in clear, per tool. Everything else is recorded by hash only. */
  readonly arguments: readonly { readonly tools: ToolSelectors; readonly names: readonly string[] }[];
  /** Name of the environment variable that holds the delivery stream's name. */
  readonly streamVariable?: string;
  /** What happens to a call whose record could not be delivered to the stream. */
  readonly onDeliveryFailure: 'deny' | 'log';
}

/** Lets Amazon Bedrock Guardrails judge arguments and results. */
export interface GuardrailStepConfig {
  readonly step: 'guardrail';
  readonly tools: ToolSelectors;
  /** Names of the environment variables that hold the guardrail's id and version. */
  readonly guardrailVariable: string;
  readonly versionVariable: string;
  readonly inputs: 'block' | 'mask' | 'ignore';
  readonly outputs: 'block' | 'mask' | 'ignore';
  /** Maximum number of characters of one message. A longer one is denied without running the guardrail. */
  readonly maxCharacters: number;
}
