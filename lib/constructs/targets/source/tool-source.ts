import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FunctionManifest, TargetManifest } from '../../../contract/manifest';
import type { ToolDefinition } from '../../../contract/mcp';
import type { DeclaredTool } from '../../../contract/published-schema';
import type { TrustedField } from '../../../contract/trusted-context';
import type { Diagnostic } from '../../../diagnostics/diagnostic';
import type { LogOptions } from '../../functions/sealed-function';

/** Where a target's tools come from: one implementation for each kind of target. */
export interface ToolSource {
  readonly kind: TargetManifest['kind'];
  /** How the tools' schemas reach the gateway. */
  readonly publishing: Publishing;
  /** Description of the gateway target, 1 to 200 characters. */
  readonly description?: string | undefined;
  /** The tools, before trusted fields are added. Throws a GovernanceError when their source cannot be read. */
  declare(): Declaration;
  /** Makes what the target needs in `scope`. Called once per target, after the tools were checked. */
  bind(scope: Construct, binding: TargetBinding): BoundTarget;
}

/** What a source says of its tools. */
export interface Declaration {
  readonly tools: readonly DeclaredTool[];
  /** What is wrong with the source, or worth knowing. */
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
  readonly trustedFieldsOf: (tool: string) => readonly TrustedField[];
}

export interface BoundTarget {
  readonly configuration: agentcore.ITargetConfiguration;
  /** How the gateway authenticates to the target. Undefined leaves the choice to the official L2. */
  readonly credentials?: agentcore.ICredentialProviderConfig[] | undefined;
  readonly function?: lambda.IFunction | undefined;
  /** Headers and query parameters that pass between client and target. */
  readonly passThrough?: agentcore.CfnGatewayTarget.MetadataConfigurationProperty | undefined;
  /** What the manifest says beyond name, kind and tools; read during synthesis. */
  readonly manifest?: () => TargetDetails;
}

export interface TargetDetails extends Pick<TargetManifest, 'endpoint' | 'requests'> {
  readonly function?: FunctionManifest;
}
