import type { JsonObject } from '../../lib/contract/json';

interface Statement {
  readonly Condition?: object;
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly AssumeRolePolicyDocument?: { readonly Statement: readonly Statement[] };
    readonly SourceArn?: unknown;
    readonly SourceAccount?: unknown;
  };
}

/** Roles that a principal may assume without a condition, and functions that one may call from anywhere: ways for a confused deputy. */
export function unconditional(template: JsonObject): string[] {
  const resources = Object.entries(template['Resources'] as unknown as { readonly [id: string]: Resource });
  return resources.filter(([, resource]) => isOpen(resource)).map(([id]) => id);
}

function isOpen({ Type, Properties }: Resource): boolean {
  if (Type === 'AWS::Lambda::Permission')
    return Properties.SourceArn === undefined && Properties.SourceAccount === undefined;
  return Properties?.AssumeRolePolicyDocument?.Statement.some(({ Condition }) => Condition === undefined) ?? false;
}
