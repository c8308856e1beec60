import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { markGoverned } from '../../contract/governed';
import type { TargetManifest } from '../../contract/manifest';
import type { ToolDefinition } from '../../contract/mcp';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import { type Diagnostic, hasErrors, isError } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import type { CatalogTarget } from '../../policy/schema/catalog-target';
import { ToolAction } from '../../policy/statements/tool-action';
import type { LogOptions } from '../functions/sealed-function';
import { kept, type MadeResource } from '../governance/made-resource';
import { checkModelNames } from './publish/check-model-names';
import { checkCredentials, checkPassThrough } from './publish/check-outbound';
import { checkDescription, checkTargetName, checkTools } from './publish/check-tools';
import { classifyTools, type ToolClasses } from './publish/classify-tools';
import { excludeTools } from './publish/exclude-tools';
import { type PublishedTools, publishTools } from './publish/publish-tools';
import { passThroughOf } from './source/pass-through';
import type { BoundTarget, ToolSource } from './source/tool-source';
import { allowWorkloadIdentity } from './source/workload-identity';
import type { Tools } from './tools';

/** The trusted fields that a gateway injects into any tool of the given targets. */
export type TrustedFieldsOf = (
  targets: readonly (Pick<CatalogTarget, 'name' | 'kind'> & { readonly tools: readonly { readonly name: string }[] })[],
) => readonly DeclaredTrustedField[];

/** What a gateway says of one of its targets. */
export interface GovernedTargetProps {
  readonly gateway: agentcore.IGateway;
  /** Part of every tool name and Cedar action: letters, digits and hyphens, at most 100. */
  readonly targetName: string;
  readonly tools: Tools;
  readonly trustedFields: TrustedFieldsOf;
  /** How a function that the target makes keeps its logs. */
  readonly logs: LogOptions;
}

/** A target of a governed gateway, which knows its tools. Created by `gateway.addTarget(...)`. */
export class GovernedTarget extends Construct implements iam.IGrantable {
  readonly targetName: string;
  /** Id that the service assigns to the target. */
  readonly targetId: string;
  /** Bare names of the tools, in the order of their definition. */
  readonly tools: readonly string[];
  /** The function that runs the tools; undefined for targets without one. */
  readonly function?: lambda.IFunction;
  /** The underlying target of aws-cdk-lib. */
  readonly gatewayTarget: agentcore.GatewayTarget;
  /** Principal that the tools act as, for grants: `table.grantReadData(target)`. */
  readonly grantPrincipal: iam.IPrincipal;

  /** @internal */
  readonly _made: MadeResource;

  private readonly source: ToolSource;
  private readonly bound: BoundTarget;
  private readonly definitions: readonly ToolDefinition[];
  private readonly classes: ReadonlyMap<string, readonly string[]>;
  private readonly declaredInputs: PublishedTools['declaredInputs'];
  private readonly excludedTools: readonly string[];
  private readonly findings: readonly Diagnostic[];

  /** Throws a GovernanceError with everything that is wrong with name, tools and schemas. */
  constructor(scope: Construct, id: string, props: GovernedTargetProps) {
    super(scope, id);
    const { targetName, gateway } = props;
    this.targetName = targetName;
    this.source = props.tools._source;
    const published = declareTools(this, props, this.source);
    this.definitions = published.tools;
    this.classes = published.classes;
    this.declaredInputs = published.declaredInputs;
    this.findings = published.findings;
    this.excludedTools = published.excluded;
    this.tools = published.tools.map((tool) => tool.name).filter((name) => !published.excluded.includes(name));

    this.bound = this.source.bind(this, { gateway, targetName, logs: props.logs, ...published });
    this.function = this.bound.function;
    this.grantPrincipal = this.function?.grantPrincipal ?? new iam.UnknownPrincipal({ resource: this });
    this.gatewayTarget = this.createTarget(gateway);
    this.targetId = this.gatewayTarget.targetId;
    this._made = madeTarget(targetName, this.gatewayTarget);
  }

  /** A tool as a typed Cedar action. Throws a GovernanceError, with the nearest name, when there is no such tool. */
  tool(name: string): ToolAction {
    const { targetName: target, tools } = this;
    const definition = tools.includes(name) && this.definitions.find((tool) => tool.name === name);
    if (definition) return new ToolAction(target, name, definition.inputSchema);
    throw GovernanceError.of('TARGET_UNKNOWN_TOOL', { target, tool: name, tools, suggestion: suggest(name, tools) });
  }

  /** @internal */
  _catalogTarget(): CatalogTarget {
    const { targetName: name, definitions, declaredInputs, excludedTools } = this;
    const tools = definitions.map((tool) => {
      const classes = this.classes.get(tool.name) ?? [];
      return { ...tool, ...(classes.length > 0 && { classes }) };
    });
    return {
      name,
      kind: this.source.kind,
      tools,
      ...(Object.keys(declaredInputs).length > 0 && { declaredInputs }),
      ...(excludedTools.length > 0 && { excludedTools }),
    };
  }

  /**
   * Request headers that reach the target when the interceptor sends them, lower case. A function gets no `Authorization`.
   *
   * @internal
   */
  _requestHeaders(): readonly string[] {
    const allowed = this.source.options.allowedRequestHeaders ?? [];
    const always = this.source.kind === 'lambda' ? [] : ['authorization'];
    return [...always, ...allowed.map((name) => name.toLowerCase())];
  }

  /**
   * The target in the gateway manifest. Only valid during synthesis.
   *
   * @internal
   */
  _manifest(): TargetManifest {
    const { allowedRequestHeaders = [] } = this.source.options;
    return {
      ...this._catalogTarget(),
      kind: this.source.kind,
      ...(allowedRequestHeaders.length > 0 && { allowedRequestHeaders }),
      ...this.bound.manifest?.(),
    };
  }

  /**
   * Files of the app that the tools come from.
   *
   * @internal
   */
  _sources(): readonly string[] {
    return this.source.sources?.() ?? [];
  }

  /**
   * What is worth knowing of the published schemas, though it stops nothing.
   *
   * @internal
   */
  _diagnostics(): readonly Diagnostic[] {
    return this.findings;
  }

  /** The target on the official L2, and, in this one place, what the L2 cannot say on its L1. */
  private createTarget(gateway: agentcore.IGateway): agentcore.GatewayTarget {
    const { description, credentials } = this.source.options;
    const target = new agentcore.GatewayTarget(this, 'Resource', {
      gateway,
      gatewayTargetName: this.targetName,
      description,
      targetConfiguration: this.bound.configuration,
      credentialProviderConfigurations: credentials && [credentials],
    });
    const resource = target.node.defaultChild as agentcore.CfnGatewayTarget;
    resource.metadataConfiguration = passThroughOf(this.source.options);
    allowWorkloadIdentity(gateway, credentials ? [credentials] : []);
    // The service checks at creation that the role may invoke the target (aws/aws-cdk#36826).
    target.node.addDependency(gateway.role, ...(this.bound.dependencies ?? []));
    return target;
  }
}

function madeTarget(name: string, { node }: agentcore.GatewayTarget): MadeResource {
  const resource = node.defaultChild as agentcore.CfnGatewayTarget;
  markGoverned(resource);
  return { what: `target ${name}`, resource, kept: kept(resource, 'Name', 'TargetConfiguration', 'GatewayIdentifier') };
}

/** The tools of a target, as published, and those of them that nobody may call. */
interface DeclaredTools extends PublishedTools, ToolClasses {
  readonly excluded: readonly string[];
}

function declareTools(scope: Construct, props: GovernedTargetProps, source: ToolSource): DeclaredTools {
  const { targetName } = props;
  const { kind, options } = source;
  const serviceKind = source.serviceKind ?? (kind === 'custom' ? undefined : kind);
  const findings = [
    ...checkTargetName(targetName),
    ...checkDescription(targetName, options.description),
    ...(serviceKind === undefined ? [] : checkCredentials(targetName, serviceKind, options.credentials)),
    ...checkPassThrough(targetName, options),
  ];
  try {
    const { tools: offered, findings: ofSource = [] } = source.declare(scope);
    const wanted = excludeTools(targetName, offered, options.excludedTools ?? [], source.publishing);
    const { tools: declared, excluded } = wanted;
    const called = declared.filter(({ name }) => !excluded.includes(name));
    findings.push(
      ...ofSource,
      ...wanted.findings,
      ...checkTools(targetName, declared, source.publishing),
      ...checkModelNames(targetName, called),
    );
    const { classes, findings: ofClasses } = classifyTools(targetName, declared, source);
    findings.push(...ofClasses);
    const fields = props.trustedFields([{ name: targetName, kind: source.kind, tools: called }]);
    const published = publishTools(targetName, declared, source, fields);
    findings.push(...published.findings);
    if (!hasErrors(findings)) return { ...published, classes, excluded, findings };
  } catch (error) {
    if (!GovernanceError.is(error)) throw error;
    findings.push(...error.diagnostics);
  }
  throw new GovernanceError(findings.filter(isError));
}
