import { type ClosedSet, closedField, closedMember } from '../../../contract/closed-set';
import { declaredInput } from '../../schema/catalog-target';
import type { ToolSchema } from '../../schema/schema-json';
import type { ValidationInput } from '../view/validation-input';

/** Values of an argument that is an enum for each of the tools, or of a trusted field that has few. Undefined for any other argument. */
export function closedArgument(
  path: readonly string[],
  tools: readonly ToolSchema[],
  input: ValidationInput,
): ClosedSet | undefined {
  const field = path.length === 1 ? input.trustedContext.find(({ name }) => name === path[0]) : undefined;
  if (field !== undefined) return closedField(field, input);
  const found = tools.map(({ target, tool }) => closedMember(declaredInput(input.targets, target, tool), path));
  const [first] = found;
  if (first === undefined || found.some((one) => one?.isArray !== first.isArray)) return undefined;
  return { ...first, values: [...new Set(found.flatMap((one) => one?.values ?? []))] };
}
