import { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { BoundIdentity, IdentityContext } from '../../../lib/constructs/identity/bound-identity';
import type { Identity } from '../../../lib/constructs/identity/identity';
import type { JsonObject } from '../../../lib/contract/json';
import { checkTemplates } from '../template-rules';

export const CONTEXT: IdentityContext = {
  gatewayName: 'claims-gateway',
  removalPolicy: RemovalPolicy.DESTROY,
  logRetention: RetentionDays.ONE_YEAR,
};

/** An identity in a stack of its own. */
export class Bound {
  private synthesized: Template | undefined;

  constructor(
    readonly app: App,
    readonly stack: Stack,
    readonly bound: BoundIdentity,
  ) {}

  /** The template, made when it is asked for, because the first one of a process is slow. Fails when resources have a dependency cycle. */
  get template(): Template {
    this.synthesized ??= Template.fromStack(this.stack);
    return this.synthesized;
  }

  /** Types of the resources in the stack. */
  get created(): string[] {
    return this.stack.node.findAll().flatMap((node) => (CfnResource.isCfnResource(node) ? [node.cfnResourceType] : []));
  }
}

/** An app in which a template that CloudFormation would refuse fails synth. */
export function strictApp(): App {
  return checkTemplates(new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } }));
}

/** Binds an identity as a gateway would. */
export function bind(make: Identity | ((stack: Stack) => Identity), context: Partial<IdentityContext> = {}): Bound {
  const app = strictApp();
  const stack = new Stack(app, 'Test');
  const identity = typeof make === 'function' ? make(stack) : make;
  return new Bound(app, stack, identity._bind(stack, { ...CONTEXT, ...context }));
}

/** Properties of the only resource of a type, or of the one that a test picks. */
export function properties(
  template: Template,
  type: string,
  pick: (properties: JsonObject) => boolean = () => true,
): JsonObject {
  const found = Object.values(template.findResources(type))
    .map((resource) => resource['Properties'] as JsonObject)
    .filter(pick);
  const [only, second] = found;
  if (only === undefined || second !== undefined) throw new Error(`${found.length} resources of type ${type}`);
  return only;
}

/** Properties of the client with this name. */
export function client(template: Template, name: string): JsonObject {
  return properties(template, 'AWS::Cognito::UserPoolClient', (one) => one['ClientName'] === `claims-gateway-${name}`);
}
