import type { CfnResource } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** Values by name; tokens resolve at synthesis. */
export interface NamedValues {
  readonly [name: string]: unknown;
}

/** A resource that a promise of a baseline rests on, and how it must stand in the template. */
export interface MadeResource {
  /** What it is called in findings. */
  readonly what: string;
  readonly resource: CfnResource;
  /** Properties by what they must be; `undefined` must be absent. */
  readonly properties?: NamedValues;
  /** Variables in the environment of a function by what they must be; `undefined` must be absent. */
  readonly variables?: NamedValues;
  /** Properties that must be as they were when this was made. */
  readonly kept?: readonly KeptProperty[];
}

/** A property as its construct gave it. It is not rendered, since much of it is only known at synthesis. */
export interface KeptProperty {
  readonly name: string;
  readonly value: unknown;
  /** Override of it by the construct itself, if there is one. */
  readonly overrides: readonly unknown[];
}

/** Properties of a resource as they are now, by their names in the template. */
export function kept(resource: CfnResource, ...names: string[]): KeptProperty[] {
  return names.map((name) => keptProperty(resource, name));
}

/** A property as it is now. */
export function keptProperty(resource: CfnResource, name: string): KeptProperty {
  const ofConstruct = resource as unknown as NamedValues;
  const value = ofConstruct[`${name.charAt(0).toLowerCase()}${name.slice(1)}`];
  const overrides = (overridesOf(resource)['Properties'] ?? {}) as NamedValues;
  // A deletion is an override by undefined.
  return { name, value: copy(value), overrides: name in overrides ? [copy(overrides[name])] : [] };
}

/** What somebody wrote over the rendered resource. CDK has no public way to it; where it moves, nothing is taken for untouched. */
export function overridesOf(resource: CfnResource): NamedValues {
  const { rawOverrides } = resource as unknown as { readonly rawOverrides?: NamedValues };
  if (rawOverrides === undefined) throw new Error('this version of aws-cdk-lib keeps overrides of resources elsewhere');
  return rawOverrides;
}

/** A function of the gateway's own: what it runs, and what its environment says. */
export function madeFunction(what: string, fn: IFunction, variables: NamedValues = {}): MadeResource {
  const resource = fn.node.defaultChild as CfnResource;
  // A wrapper of the runtime's would run before the code.
  return { what, resource, kept: kept(resource, 'Code', 'Handler'), variables: { ...NO_WRAPPER, ...variables } };
}

const NO_WRAPPER: NamedValues = { AWS_LAMBDA_EXEC_WRAPPER: undefined };

/** Lists and plain objects are copied, so that a change in place is seen; tokens stay themselves. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copy(inner)]));
}
