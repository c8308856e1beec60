import { App, CfnWaitConditionHandle, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { BoundIdentity, IdentityContext } from '../../../lib/constructs/identity/bound-identity';
import type { Identity } from '../../../lib/constructs/identity/identity';
import type { JsonObject } from '../../../lib/contract/json';

export const CONTEXT: IdentityContext = {
  gatewayName: 'claims-gateway',
  removalPolicy: RemovalPolicy.DESTROY,
  logRetention: RetentionDays.ONE_YEAR,
};

/** An identity in a stack of its own. `template` fails when the resources have a dependency cycle. */
export interface Bound {
  readonly app: App;
  readonly stack: Stack;
  readonly bound: BoundIdentity;
  readonly template: Template;
}

/** An app in which a template that CloudFormation would refuse fails synth. */
export function strictApp(): App {
  return new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
}

/** Types of what an identity created. */
export function created(template: Template): string[] {
  const resources = Object.entries(template.toJSON()['Resources'] as { [id: string]: { Type: string } });
  return resources.flatMap(([id, { Type }]) => (id === 'Neighbour' ? [] : [Type]));
}

/** Binds an identity as a gateway would. */
export function bind(make: Identity | ((stack: Stack) => Identity), context: Partial<IdentityContext> = {}): Bound {
  const app = strictApp();
  const stack = new Stack(app, 'Test');
  new CfnWaitConditionHandle(stack, 'Neighbour');
  const identity = typeof make === 'function' ? make(stack) : make;
  const bound = identity._bind(stack, { ...CONTEXT, ...context });
  return { app, stack, bound, template: Template.fromStack(stack) };
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
