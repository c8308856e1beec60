import { isDeepStrictEqual } from 'node:util';
import type { CedarType } from '../../contract/arguments/cedar-type';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import { generateSchema } from '../schema/schema';
import type { ToolAction } from './tool-action';

/** Facts about an argument that hold in all tools of a statement. */
export interface ArgumentFacts {
  /** Undefined when a schema is unknown, or when schemas differ. */
  readonly type: CedarType | undefined;
  /** Whether a tool may be called without it. */
  readonly optional: boolean;
}

/** Types of the arguments of a statement's tools. */
export class ArgumentTypes {
  constructor(private readonly actions: readonly ToolAction[]) {}

  /**
   * Throws a {@link GovernanceError} for an argument that a tool whose schema is known does not have, and for one that has one of several
   * types in some of the tools only.
   */
  of(name: string): ArgumentFacts {
    if (this.actions.length === 0) throw GovernanceError.of('STATEMENT_INPUT_WITHOUT_TOOL', { name });
    const found = this.actions.map((action) => this.attribute(action, name));
    const types = found.map((attribute) => attribute?.type);
    const [first, ...others] = types;
    const isSame = others.every((type) => isDeepStrictEqual(type, first));
    const isOneOfSeveral = types.some((type) => type?.kind === 'choice');
    if (!isSame && isOneOfSeveral) throw GovernanceError.of('STATEMENT_ARGUMENT_DIFFERS', { name });
    return {
      type: isSame ? first : undefined,
      optional: found.some((attribute) => attribute?.required !== true),
    };
  }

  private attribute(action: ToolAction, name: string) {
    const { inputSchema, target, tool } = action;
    if (inputSchema === undefined) return undefined;
    const { tools } = generateSchema([{ name: target, tools: [{ name: tool, description: '', inputSchema }] }]);
    const attributes = tools.get(action.name)?.input.attributes;
    const attribute = attributes?.get(name);
    if (attributes === undefined || attribute !== undefined) return attribute;
    const suggestion = suggest(name, attributes.keys());
    const params = { name, tool: action.name };
    throw GovernanceError.of(
      'STATEMENT_ARGUMENT_UNKNOWN',
      suggestion === undefined ? params : { ...params, suggestion },
    );
  }
}
