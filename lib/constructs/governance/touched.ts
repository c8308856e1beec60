import { isDeepStrictEqual } from 'node:util';
import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { keptProperty, type MadeResource, type NamedValues, overridesOf } from './made-resource';

/** What somebody changed of some resources behind the back of the construct that made them. Called at synthesis, after every aspect. */
export function touched(scope: IConstruct, made: readonly MadeResource[]): string[] {
  const present = new Set<IConstruct>(scope.node.findAll());
  const changes = made.flatMap((one) =>
    present.has(one.resource) ? [...changedAsAWhole(one), ...changedProperties(one)] : [`${one.what} was removed`],
  );
  return [...new Set([...macros(Stack.of(scope)), ...changes])];
}

/** Macros see and change the whole template at deployment. Those of AWS are known. */
function macros({ templateOptions: { transforms = [] } }: Stack): string[] {
  return transforms.filter((name) => !name.startsWith('AWS::')).map((name) => `macro ${name} rewrites the template`);
}

function changedAsAWhole({ what, resource }: MadeResource): string[] {
  const overrides = overridesOf(resource);
  return [
    ...(overrides['Type'] === undefined ? [] : [`the type of ${what} was changed`]),
    ...(resource.cfnOptions.condition === undefined && overrides['Condition'] === undefined
      ? []
      : [`${what} was given a condition`]),
    ...(JSON.stringify(Object.keys(overrides['Properties'] ?? {})).includes('Fn::Transform')
      ? [`a macro rewrites ${what}`]
      : []),
  ];
}

function changedProperties({ what, resource, properties = {}, variables = {}, kept = [] }: MadeResource): string[] {
  const stack = Stack.of(resource);
  const asRendered = Object.keys({ ...properties, ...variables }).length === 0 ? {} : rendered(resource);
  const environment = (asRendered['Environment'] ?? {}) as { readonly Variables?: NamedValues };
  const differs = (found: NamedValues, [name, value]: [string, unknown]): boolean =>
    !isDeepStrictEqual(found[name], stack.resolve(value));
  return [
    ...Object.entries(properties)
      .filter((one) => differs(asRendered, one))
      .map(([name]) => `${name} of ${what} was changed`),
    ...Object.entries(variables)
      .filter((one) => differs(environment.Variables ?? {}, one))
      .map(([name]) => `variable ${name} of ${what} was changed`),
    ...kept
      .filter((one) => !isDeepStrictEqual(keptProperty(resource, one.name), one))
      .map(({ name }) => `${name} of ${what} was changed`),
  ];
}

/** Properties of a resource as the template will have them, with overrides. CDK has no public way to it. */
function rendered(resource: CfnResource): NamedValues {
  const { _toCloudFormation: render } = resource as unknown as { readonly _toCloudFormation: () => object };
  const fragment = Stack.of(resource).resolve(render.call(resource)) as {
    readonly Resources: { readonly [logicalId: string]: { readonly Properties?: NamedValues } };
  };
  return Object.values(fragment.Resources)[0]?.Properties ?? {};
}
