import { error, warning } from './entry';

/** Findings about the tool catalog, as far as the Cedar schema comes from it. */
export const POLICY_SCHEMA = {
  SCHEMA_TARGET_RESERVED: error(
    (p: { target: string }) => `target \`${p.target}\` has the name of a Cedar action that stands for every tool`,
    () => 'give the target another name than `Mcp` and `CallTool`',
  ),
  SCHEMA_TARGET_DUPLICATE: error(
    (p: { target: string }) => `two targets are named \`${p.target}\``,
    () => 'give every target of a gateway its own name',
  ),
  SCHEMA_TOOL_DUPLICATE: error(
    (p: { tool: string }) => `two tools are named \`${p.tool}\``,
    () => 'give every tool of a target its own name',
  ),
  SCHEMA_TOOL_INVALID: warning(
    (p: { tool: string; reason: string }) =>
      `the input schema of tool \`${p.tool}\` has no Cedar type, so nobody may call it: ${p.reason}`,
    () => 'correct the JSON Schema under `inputSchema`, or leave the tool out: it is denied either way',
  ),
  SCHEMA_ARGUMENT_OPEN: warning(
    (p: { tool: string; members: string }) =>
      `calls of \`${p.tool}\` are denied when they fill ${p.members}, whose schema declares no members`,
    () => 'declare the members under `properties`, or give `additionalProperties` a schema; see docs/arguments.md',
  ),
  SCHEMA_ARGUMENT_HIDDEN: warning(
    (p: { tool: string; members: string }) =>
      `calls of \`${p.tool}\` are denied when they have ${p.members}, which its schema does not declare under \`properties\``,
    () =>
      'declare the names under `properties`; what `required`, `allOf`, `anyOf` and `oneOf` say beside it does not reach Cedar',
  ),
  SCHEMA_PROPERTY_RESERVED: warning(
    (p: { tool: string; name: string }) =>
      `tool \`${p.tool}\` has an argument \`${p.name}\`, which Cedar's JSON form reserves, so nobody may call it`,
    () => 'rename the argument, or leave the tool out: it is denied either way',
  ),
  SCHEMA_TOO_LARGE: error(
    (p: { bytes: number; limit: number }) =>
      `the Cedar schema of the tools takes ${p.bytes} bytes, the service takes ${p.limit}`,
    () => 'offer fewer tools on this gateway, or simplify their input schemas',
  ),
};
