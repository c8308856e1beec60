import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct, IDependable } from 'constructs';
import type { FunctionManifest, TargetManifest } from '../../../contract/manifest';
import type { ToolDefinition } from '../../../contract/mcp';
import type { DeclaredTool } from '../../../contract/published-schema';
import type { AnnotationTrust } from '../../../contract/tool-classes/annotations';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import type { Diagnostic } from '../../../diagnostics/diagnostic';
import type { LogOptions } from '../../functions/sealed-function';
import type { PassThroughOptions } from './pass-through';
import type { ServiceKind } from './target-limits';

/** Where a target's tools come from: one implementation for each kind of target. */
export interface ToolSource {
  readonly kind: TargetManifest['kind'];
  /** The kind that the service makes of it. @default - `kind` */
  readonly serviceKind?: ServiceKind;
  /** How the tools' schemas reach the gateway. */
  readonly publishing: Publishing;
  /** Whether the code in front of the tools takes the proof out of the arguments, so that no schema refuses it. @default false */
  readonly withholdsProof?: boolean;
  /** Whose word the tools' annotations are. @default 'own' */
  readonly annotationTrust?: AnnotationTrust;
  /** Options that a target of any kind has. */
  readonly options: SourceOptions;
  /** Files of the app that the tools come from, relative to its directory or absolute. @default - none: they are described in code */
  sources?(): readonly string[];
  /** The tools, before trusted fields are added. Throws a GovernanceError when their source cannot be read. */
  declare(gateway: Construct): Declaration;
  /** Makes what the target needs in `scope`. Called once per target, after the tools were checked. */
  bind(scope: Construct, binding: TargetBinding): BoundTarget;
}

/** Description, headers and credentials of a target. */
export interface SourceOptions extends PassThroughOptions {
  /** 1 to 200 characters. */
  readonly description?: string;
  readonly credentials?: agentcore.ICredentialProviderConfig;
  /** Bare names of tools that nobody may call. */
  readonly excludedTools?: string[];
  /** Classes by bare names of tools, or by patterns. */
  readonly classes?: { readonly [tool: string]: string[] };
  /** @default true */
  readonly constraintsInDescriptions?: boolean;
}

/** What a source says of its tools. */
export interface Declaration {
  readonly tools: readonly DeclaredTool[];
  /** Findings about the source. */
  readonly findings?: readonly Diagnostic[];
}

/**
 * - `inline`: the construct writes the schemas into the template, reduced to what the service knows, trusted fields added.
 * - `document`: the construct hands a document on, to which it can add trusted fields.
 * - `remote`: the schemas are somebody else's; a trusted field must be part of them already.
 */
export type Publishing = 'inline' | 'document' | 'remote';

export interface TargetBinding {
  readonly gateway: agentcore.IGateway;
  readonly targetName: string;
  readonly logs: LogOptions;
  /** The tools as published, trusted fields included. */
  readonly tools: readonly ToolDefinition[];
  /** The trusted fields of a tool by its bare name. */
  readonly trustedFieldsOf: (tool: string) => readonly DeclaredTrustedField[];
}

export interface BoundTarget {
  readonly configuration: agentcore.ITargetConfiguration;
  readonly function?: lambda.IFunction | undefined;
  /** What must exist before the target does, beside what its configuration refers to. */
  readonly dependencies?: readonly IDependable[] | undefined;
  /** What the manifest says beyond name, kind and tools; read during synthesis. */
  readonly manifest?: () => TargetDetails;
}

export interface TargetDetails extends Pick<TargetManifest, 'endpoint' | 'requests'> {
  readonly function?: FunctionManifest;
}
