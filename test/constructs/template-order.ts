import type { Template } from 'aws-cdk-lib/assertions';
import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/contract/json';

/** Logical ids of the resources of a type. */
export function idsOf(template: Template, type: string): string[] {
  return Object.keys(template.findResources(type));
}

/** Every resource that CloudFormation creates before the given one: by DependsOn, Ref, GetAtt and Sub, transitively. */
export function createdBefore(template: Template, logicalId: string): Set<string> {
  const resources = template.toJSON()['Resources'] as { [id: string]: JsonObject };
  const before = new Set<string>();
  const visit = (id: string): void => {
    for (const next of references(resources[id] as JsonObject)) {
      if (resources[next] === undefined || before.has(next)) continue;
      before.add(next);
      visit(next);
    }
  };
  visit(logicalId);
  return before;
}

function references(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (key === 'Ref' || key === 'DependsOn') return [member].flat().map(String);
    if (key === 'Fn::GetAtt') return [(member as string[])[0] as string];
    if (key === 'Fn::Sub')
      return [...JSON.stringify(member).matchAll(/\$\{([A-Za-z0-9]+)/g)].map((match) => match[1] as string);
    return references(member);
  });
}
