import type { CedarAttribute, CedarRecord, CedarType } from '../arguments/cedar-type';
import type { Expr } from '../cedar/cedar';
import type { ToolSchema } from '../schema/schema-json';

/** Whether the schema settles that a part of the context has an attribute. Undefined where calls differ, or for anything else. */
export function isPresent(owner: Expr, name: string, tool: ToolSchema): boolean | undefined {
  const type = typeOf(owner, tool);
  if (type === undefined) return undefined;
  const attribute = attributeOf(type, name);
  return attribute === undefined ? false : attribute.required || undefined;
}

const SYSTEM: CedarRecord = {
  kind: 'record',
  attributes: new Map([['now', { type: { kind: 'datetime' }, required: true }]]),
};

/** Type of what an access to the context gives; undefined for what has no attributes that are known. */
function typeOf(expression: Expr, tool: ToolSchema): CedarType | undefined {
  if ('Var' in expression) {
    const context: CedarRecord = {
      kind: 'record',
      attributes: new Map([
        ['input', { type: tool.input, required: true }],
        ['system', { type: SYSTEM, required: true }],
      ]),
    };
    return expression.Var === 'context' ? context : undefined;
  }
  const access = ('.' in expression ? expression['.'] : undefined) as { left: Expr; attr: string } | undefined;
  const owner = access && typeOf(access.left, tool);
  const type = owner && access && attributeOf(owner, access.attr)?.type;
  return type && isOwner(type) ? type : undefined;
}

function isOwner({ kind }: CedarType): boolean {
  return kind === 'record' || kind === 'tagged' || kind === 'choice' || kind === 'tuple';
}

function attributeOf(type: CedarType, name: string): CedarAttribute | undefined {
  switch (type.kind) {
    case 'record':
    case 'tagged':
      return type.attributes.get(name);
    case 'choice':
      return numbered('typeChoice', type.choices, name, false);
    case 'tuple':
      return numbered('proj', type.items, name, true);
    default:
      return undefined;
  }
}

function numbered(prefix: string, types: readonly CedarType[], name: string, required: boolean) {
  const type = types.find((_, index) => name === `${prefix}${index}`);
  return type && { type, required };
}
