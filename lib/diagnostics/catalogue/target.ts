import { didYouMean, error, warning } from './entry';

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** The first names of a long list. */
const few = (names: readonly string[]): string =>
  names.length > 3 ? `${listed(names.slice(0, 3))} and ${names.length - 3} more` : listed(names);

/** Findings about gateway targets, their tools and bundled TypeScript. */
export const TARGET = {
  BUNDLE_ENTRY_NOT_FOUND: error(
    (p: { entry: string; suggestion: string | undefined }) => `entry \`${p.entry}\` is no file`,
    (p) => didYouMean(p.suggestion, 'give the path relative to the folder in which the app runs (that of cdk.json)'),
  ),
  BUNDLE_FAILED: error(
    (p: { entry: string; problem: string }) => `entry \`${p.entry}\` cannot be bundled: ${p.problem}`,
    () => 'correct the source, or install the package that it imports',
  ),
  TARGET_NAME_INVALID: error(
    (p: { name: string; suggestion: string }) => `target name \`${p.name}\` is not one that the service takes`,
    (p) =>
      `use up to 100 letters, digits and single hyphens, no underscore, starting and ending with a letter or digit, for example \`${p.suggestion}\``,
  ),
  TARGET_NAME_TOKEN: error(
    (_p: object) => 'a target name is only known at deployment, but policies name it',
    () => 'give the name as a literal text',
  ),
  TARGET_DESCRIPTION_LENGTH: error(
    (p: { target: string; length: number; max: number }) =>
      `the description of target \`${p.target}\` has ${p.length} characters`,
    (p) => `use 1 to ${p.max} characters, or leave it out`,
  ),
  TARGET_MODULE_FAILED: error(
    (p: { entry: string; problem: string }) => `\`${p.entry}\` fails while it loads: ${p.problem}`,
    () => 'synth loads the module to read its tools: move work that needs the cloud into the handlers',
  ),
  TARGET_HANDLER_MISSING: error(
    (p: { entry: string }) => `\`${p.entry}\` exports no \`handler\``,
    () => 'add `export const handler = toolHandler(...)` with the tools of this target',
  ),
  TARGET_HANDLER_WITHOUT_TOOLS: error(
    (p: { entry: string }) =>
      `the \`handler\` of \`${p.entry}\` is not made by \`toolHandler\`, so its tools are unknown`,
    () => 'write `export const handler = toolHandler(...)`, or use `Tools.fromFunction` with a list of the tools',
  ),
  TARGET_FILE_NOT_FOUND: error(
    (p: { file: string }) => `file \`${p.file}\` does not exist`,
    () => 'give the path relative to the folder in which the app runs (that of cdk.json)',
  ),
  TARGET_FILE_UNREADABLE: error(
    (p: { file: string; problem: string }) => `file \`${p.file}\` cannot be read: ${p.problem}`,
    () => 'correct the file: JSON and YAML are understood',
  ),
  TARGET_ENDPOINT_INVALID: error(
    (p: { endpoint: string }) => `endpoint \`${p.endpoint}\` is no HTTPS URL`,
    () => 'give a URL that begins with https:// and is URL-encoded',
  ),
  TARGET_OPENAPI_VERSION: error(
    (p: { file: string; version: string }) => `\`${p.file}\` is no OpenAPI 3.0 or 3.1 document (version ${p.version})`,
    () => 'convert the document: the service takes OpenAPI 3.0 and 3.1, and no Swagger 2.0',
  ),
  TARGET_OPENAPI_SERVER: error(
    (p: { file: string; url: string | undefined }) =>
      p.url === undefined
        ? `\`${p.file}\` names no server`
        : `server \`${p.url}\` of \`${p.file}\` is no HTTPS URL that the gateway can reach`,
    () =>
      'put the public HTTPS URL of the API into the first entry of `servers`, without query, or give it as `server`',
  ),
  TARGET_OPENAPI_SERVER_VARIABLE: error(
    (p: { file: string; url: string; variable: string }) =>
      `variable \`${p.variable}\` of server \`${p.url}\` in \`${p.file}\` may have any value`,
    (p) =>
      `give \`${p.variable}\` an \`enum\` that holds its \`default\`, or the whole URL as \`server\`: whoever chooses the host chooses who sees the calls`,
  ),
  TARGET_OPENAPI_REFERENCE: error(
    (p: { file: string; operation: string; reference: string }) =>
      `operation \`${p.operation}\` of \`${p.file}\` refers to \`${p.reference}\`, which is not in the document`,
    () => 'correct the reference, or leave the operation out with `exclude`',
  ),
  TARGET_OPENAPI_OTHER_FILES: error(
    (p: { file: string; files: readonly string[] }) => `\`${p.file}\` refers to other documents: ${few(p.files)}`,
    (p) => `bundle it into one file first, for example with \`npx @redocly/cli bundle ${p.file} -o bundled.yaml\``,
  ),
  TARGET_OPERATION_LEFT_OUT: warning(
    (p: { operation: string; reasons: readonly string[] }) =>
      `operation \`${p.operation}\` becomes no tool: ${p.reasons.join('; ')}`,
    () => 'change the operation to what the gateway takes, or leave it out with `exclude`',
  ),
  TARGET_PARAMETER_WITHHELD: warning(
    (p: { parameter: string; isCredential: boolean; operations: readonly string[] }) =>
      `parameter \`${p.parameter}\` is no argument of ${few(p.operations)}: ${
        p.isCredential ? 'an agent must not fill in credentials' : 'the gateway sets it itself'
      }`,
    (p) =>
      p.isCredential
        ? 'let the gateway send it, with `credentials` of the target'
        : 'remove it from the document, if the API does not need it',
  ),
  TARGET_OPERATION_FILTER: error(
    (p: { file: string; what: string; value: string; suggestion: string | undefined }) =>
      `no operation of \`${p.file}\` has the ${p.what} \`${p.value}\``,
    (p) => didYouMean(p.suggestion, `use a ${p.what} of the document`),
  ),
  TARGET_OPERATION_FILTER_EMPTY: error(
    (p: { file: string; filter: string }) =>
      `no operation of \`${p.file}\` has all that filter \`${p.filter}\` asks for`,
    () => 'give what may be true of different operations as different filters',
  ),
  TARGET_PINNED_TOOL_UNKNOWN: error(
    (p: { file: string; tool: string; suggestion: string | undefined }) =>
      `\`tools\` has a tool \`${p.tool}\`, which no operation of \`${p.file}\` becomes`,
    (p) => didYouMean(p.suggestion, 'name the tool as the operation is named'),
  ),
  TARGET_DOCUMENT_TOO_LARGE: error(
    (p: { file: string; bytes: number; max: number }) =>
      `what is deployed of \`${p.file}\` takes ${p.bytes} bytes, the service takes ${p.max}`,
    () => 'choose fewer operations with `include` or `exclude`, or split them over several targets',
  ),
  TARGET_SMITHY_FORM: error(
    (p: { file: string }) => `\`${p.file}\` is no Smithy model in JSON AST form`,
    () => 'build the model with `smithy ast`, which writes the form that the service takes',
  ),
  TARGET_SMITHY_SERVICE: error(
    (p: { file: string }) => `the model \`${p.file}\` has no service`,
    () => 'bind the operations to a service shape: only they become tools',
  ),
  TARGET_API_UNKNOWN: error(
    (p: { path: string }) => `the methods of REST API \`${p.path}\` are unknown at synth`,
    () => 'give its OpenAPI export as `document`, or the tools as `tools`',
  ),
  TARGET_API_FILTER: error(
    (p: { path: string; suggestion: string | undefined }) => `filter \`${p.path}\` matches no method of the API`,
    (p) => didYouMean(p.suggestion, 'use a path of the API, or a prefix that ends with `/*`, and methods that it has'),
  ),
  TARGET_API_OVERRIDE: error(
    (p: { operation: string; suggestion: string | undefined }) =>
      `override \`${p.operation}\` names no method that the filters select`,
    (p) => didYouMean(p.suggestion, 'use the path and the method of a selected operation'),
  ),
  TARGET_API_OPERATION_NAME: error(
    (p: { operation: string }) => `\`${p.operation}\` has no operation name, so its tool has no name`,
    () => 'set `operationName` on the method, add an override with a name, or leave it out with `filters`',
  ),
  TARGET_NO_TOOLS: error(
    (p: { target: string }) => `target \`${p.target}\` has no tools`,
    () => 'give it at least one tool, or remove the target',
  ),
  TARGET_TOO_MANY_TOOLS: error(
    (p: { target: string; count: number; max: number }) => `target \`${p.target}\` has ${p.count} tools`,
    (p) => `the service takes ${p.max} tools in one target: split them over several targets`,
  ),
  TARGET_DUPLICATE_TOOL: error(
    (p: { target: string; tool: string }) => `target \`${p.target}\` has more than one tool \`${p.tool}\``,
    () => 'rename one of them',
  ),
  TARGET_TOOL_WITHOUT_NAME: error(
    (p: { target: string }) => `a tool of target \`${p.target}\` has no name`,
    () => 'give every tool a name',
  ),
  TARGET_TOOL_WITHOUT_DESCRIPTION: error(
    (p: { tool: string }) => `tool \`${p.tool}\` has no description`,
    () => 'say what the tool does: agents choose tools by their descriptions, and the service requires one',
  ),
  TARGET_TOOL_NAME_TOO_LONG: error(
    (p: { name: string; length: number; max: number }) => `the full tool name \`${p.name}\` has ${p.length} characters`,
    (p) => `target name, three underscores and tool name may have ${p.max} together: shorten one of them`,
  ),
  TARGET_INPUT_NOT_OBJECT: error(
    (p: { tool: string }) => `the input schema of tool \`${p.tool}\` is no object`,
    () => 'arguments have names: wrap the schema in an object with one property',
  ),
  TARGET_SCHEMA_INEXPRESSIBLE: error(
    (p: { tool: string; path: string; what: string; instead: string }) =>
      `\`${p.path}\` of tool \`${p.tool}\` is ${p.what}, which the gateway's schema cannot express`,
    (p) => `use ${p.instead}`,
  ),
  TARGET_SCHEMA_KEYWORDS_LOST: warning(
    (p: { tool: string; lost: readonly { path: string; keyword: string }[] }) =>
      `the published schema of tool \`${p.tool}\` loses ${p.lost
        .map(({ path, keyword }) => `\`${keyword}\` of \`${path || 'input'}\``)
        .join(', ')}`,
    () =>
      'neither agents nor policies see these keywords: the tool itself has to check them, as `toolHandler` does, and a description may mention them',
  ),
  TARGET_OUTPUT_SCHEMA_LEFT_OUT: warning(
    (p: { tool: string; problem: string }) => `the output schema of tool \`${p.tool}\` is not published: ${p.problem}`,
    () => 'results are still checked against it; publish an object of simple members to show it to agents',
  ),
  TARGET_TRUSTED_FIELD_COLLISION: error(
    (p: { tool: string; field: string }) =>
      `tool \`${p.tool}\` has an argument \`${p.field}\` of its own, which is a trusted field of the gateway`,
    (p) => `rename the argument, or declare \`${p.field}\` under \`trusted\` of the tool instead of \`input\``,
  ),
  TARGET_TRUSTED_FIELD_NOT_IN_SCHEMA: error(
    (p: { tool: string; field: string; type: string }) =>
      `trusted field \`${p.field}\` cannot be added to tool \`${p.tool}\`, whose schema is not the gateway's own`,
    (p) =>
      `declare an optional argument \`${p.field}\` of type ${p.type} where the tool is defined, or limit the trusted field to other tools`,
  ),
  TARGET_TRUSTED_FIELD_MISSING: error(
    (p: { tool: string; field: string }) =>
      `tool \`${p.tool}\` needs the trusted field \`${p.field}\`, which the gateway does not inject`,
    (p) =>
      `declare \`${p.field}\` in \`trustedContext\` of the gateway, for this tool: without it every call is denied`,
  ),
  TARGET_TRUSTED_FIELD_TYPE: error(
    (p: { tool: string; field: string; given: string; wanted: string }) =>
      `trusted field \`${p.field}\` is of type ${p.given}, but tool \`${p.tool}\` reads it as ${p.wanted}`,
    () => 'use the same type in `trustedContext` and in the tool',
  ),
  TARGET_TRUSTED_FIELD_REFUSED: error(
    (p: { tool: string; field: string }) =>
      `the input schema of tool \`${p.tool}\` takes no further arguments, so it refuses the trusted field \`${p.field}\``,
    (p) => `declare \`${p.field}\` under \`trusted\` of the tool, or allow further properties in the input schema`,
  ),
  TARGET_UNKNOWN_TOOL: error(
    (p: { target: string; tool: string; tools: readonly string[]; suggestion: string | undefined }) =>
      `target \`${p.target}\` has no tool \`${p.tool}\``,
    (p) => didYouMean(p.suggestion, `its tools are ${listed(p.tools)}`),
  ),
};
