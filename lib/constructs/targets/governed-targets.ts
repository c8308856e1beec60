import { Token } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import { LIMITS } from '../../contract/limits';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import type { CatalogTarget } from '../../policy/schema/catalog-target';
import { acknowledgeInvoke } from '../findings/acknowledge';
import type { LogOptions } from '../functions/sealed-function';
import type { MadeResource } from '../governance/made-resource';
import type { GatewayPart, ManifestPart } from '../parts/gateway-part';
import { GovernedTarget, type TrustedFieldsOf } from './governed-target';
import type { Tools } from './tools';

export interface GovernedTargetsProps {
  readonly gateway: agentcore.IGateway;
  /** The trusted fields that the gateway injects into any tool of the given targets. */
  readonly trustedFields: TrustedFieldsOf;
  readonly logs: LogOptions;
}

/** The targets of a gateway by name. They are made in the scope of the gateway. */
export class GovernedTargets implements GatewayPart {
  private readonly byName = new Map<string, GovernedTarget>();

  constructor(
    private readonly scope: Construct,
    private readonly props: GovernedTargetsProps,
  ) {}

  /** Throws a GovernanceError when the name is taken or not allowed, or when the tools cannot be published. */
  add(targetName: string, tools: Tools): GovernedTarget {
    if (this.byName.has(targetName)) throw GovernanceError.of('GATEWAY_DUPLICATE_TARGET', { name: targetName });
    // A token cannot be part of a construct's id either.
    if (Token.isUnresolved(targetName)) throw GovernanceError.of('TARGET_NAME_TOKEN', {});
    const target = this.create(`Target-${targetName}`, targetName, tools);
    this.byName.set(targetName, target);
    if (target.function) acknowledgeInvoke(this.props.gateway.role, target.function);
    return target;
  }

  /** A target that fails leaves nothing behind, so that the app may try another one of its name. */
  private create(id: string, targetName: string, tools: Tools): GovernedTarget {
    try {
      return new GovernedTarget(this.scope, id, { ...this.props, targetName, tools });
    } catch (error) {
      this.scope.node.tryRemoveChild(id);
      throw error;
    }
  }

  /** A target by name. Throws a GovernanceError, with the nearest name, when there is none. */
  target(name: string): GovernedTarget {
    const target = this.byName.get(name);
    if (target !== undefined) return target;
    const targets = [...this.byName.keys()];
    throw GovernanceError.of('GATEWAY_UNKNOWN_TARGET', { name, targets, suggestion: suggest(name, targets) });
  }

  /** The targets as Cedar sees them. */
  catalog(): CatalogTarget[] {
    return this.all().map((target) => target._catalogTarget());
  }

  /** Request headers that reach a target, by its name, lower case. */
  requestHeaders(): { readonly [target: string]: readonly string[] } {
    return Object.fromEntries(this.all().map((target) => [target.targetName, target._requestHeaders()]));
  }

  findings(): Diagnostic[] {
    const findings = this.all().flatMap((target) => target._diagnostics());
    const [count, max] = [this.byName.size, LIMITS.targetsPerGateway];
    return count > max ? [...findings, diagnostic('GATEWAY_TOO_MANY_TARGETS', { count, max })] : findings;
  }

  manifest(): ManifestPart {
    return { targets: this.all().map((target) => target._manifest()) };
  }

  sources(): readonly string[] {
    return this.all().flatMap((target) => target._sources());
  }

  /** The targets as they must stand in the template: policies name their tools. */
  made(): MadeResource[] {
    return this.all().map((target) => target._made);
  }

  /** The targets that there are by now. */
  all(): GovernedTarget[] {
    return [...this.byName.values()];
  }
}
