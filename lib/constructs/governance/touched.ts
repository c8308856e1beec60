import { isDeepStrictEqual } from 'node:util';
import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A resource, and what must stand in the template of it. */
export interface MadeResource {
  /** What it is called in findings. */
  readonly what: string;
  readonly resource: CfnResource;
  /** Properties as they were made, with tokens; `undefined` must be absent. */
  readonly properties: { readonly [name: string]: unknown };
}

/** What somebody changed of some resources behind the back of the construct that made them. Called at synthesis, after every aspect. */
export function touched(scope: IConstruct, made: readonly MadeResource[]): string[] {
  const present = new Set<IConstruct>(scope.node.findAll());
  return made.flatMap(({ what, resource, properties }) => {
    if (!present.has(resource)) return [`${what} was removed`];
    const stack = Stack.of(resource);
    const template = rendered(resource);
    const changed = Object.entries(properties)
      .filter(([name, value]) => !isDeepStrictEqual(template.Properties?.[name], stack.resolve(value)))
      .map(([name]) => `${name} of ${what} was changed`);
    return template.Condition === undefined ? changed : [...changed, `${what} was given a condition`];
  });
}

interface RenderedResource {
  readonly Properties?: { readonly [name: string]: unknown };
  readonly Condition?: unknown;
}

/** A resource as the template will have it, with overrides. CDK has no public way to it. */
function rendered(resource: CfnResource): RenderedResource {
  const { _toCloudFormation: render } = resource as unknown as { readonly _toCloudFormation: () => object };
  const fragment = Stack.of(resource).resolve(render.call(resource)) as {
    readonly Resources: { readonly [logicalId: string]: RenderedResource };
  };
  return Object.values(fragment.Resources)[0] ?? {};
}
