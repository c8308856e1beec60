import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { ToolList } from './tool-list';

/** Headers that pass between MCP client and target. Up to 10 of each; the service refuses `Authorization` and similar headers. */
export interface HeaderOptions {
  /**
   * Names of request headers that reach the target.
   *
   * @default - none
   */
  readonly allowedRequestHeaders?: string[];

  /**
   * Names of response headers that reach the client.
   *
   * @default - none
   */
  readonly allowedResponseHeaders?: string[];
}

/** What may be said of a target of any kind. */
export interface TargetOptions extends HeaderOptions {
  /**
   * Description of the gateway target, 1 to 200 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Classes of tools by their names, or by patterns such as `get_*`: `read`, `write`, `destructive`, `open-world`, and names of your own.
   * They overrule what the tools' definitions say: base classes the base classes that were there, own names the own names. An empty list
   * takes every class away.
   *
   * @default - what the definitions say
   */
  readonly classes?: { readonly [tool: string]: string[] };
}

/** Tools that a function of yours runs. */
export interface FunctionToolsOptions extends TargetOptions {
  /**
   * Names of tools that nobody may call. The gateway does not offer those that it publishes itself; those of other servers are denied by
   * a policy of the library. Their schemas are not looked at.
   *
   * @default - none
   */
  readonly excludedTools?: string[];

  /**
   * Whether descriptions of arguments say what the gateway's schemas have no keyword for, such as `enum`, `minimum` and `pattern`, so that
   * models learn it. Concerns schemas that are published from here: those of functions.
   *
   * @default true
   */
  readonly constraintsInDescriptions?: boolean;
}

/** Any target configuration of aws-cdk-lib. */
export interface ConfiguredToolsOptions extends FunctionToolsOptions {
  /**
   * How the gateway authenticates to the target.
   *
   * @default - what aws-cdk-lib chooses for the kind of target
   */
  readonly credentials?: agentcore.ICredentialProviderConfig;

  /**
   * Whether the annotations of an MCP server's tools are true because you know their author. Otherwise they make no tool less of a
   * risk: all tools are `write`, `destructive` and `open-world`, until `classes` says something else.
   *
   * @default false
   */
  readonly trustAnnotations?: boolean;
}

/** Tools of a remote MCP server. */
export interface McpServerToolsOptions extends ConfiguredToolsOptions {
  /** The server's tools, pinned: policies are checked against this list. */
  readonly tools: ToolList;
}

/** Tools of an HTTP API that a document describes. */
export interface HttpToolsOptions extends TargetOptions {
  /**
   * How the gateway authenticates to the API.
   *
   * @default - what aws-cdk-lib chooses for the kind of target
   */
  readonly credentials?: agentcore.ICredentialProviderConfig;

  /**
   * Names of query parameters that pass from the client's request to the API, up to 10.
   *
   * @default - none
   */
  readonly allowedQueryParameters?: string[];

  /**
   * The tools as the gateway lists them, where it derives other schemas than this library does.
   *
   * @default - derived from the document
   */
  readonly tools?: ToolList;
}
