import { didYouMean, error, info, warning } from './entry';

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** The first names of a long list. */
const few = (names: readonly string[]): string =>
  names.length > 3 ? `${listed(names.slice(0, 3))} and ${names.length - 3} more` : listed(names);

/** Findings about gateway targets and their tools. */
export const TARGET = {
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
  TARGET_ZOD_VERSION: error(
    (p: { entry: string; tool: string }) => `the schema of tool \`${p.tool}\` in \`${p.entry}\` is not made by zod 4`,
    () => "install `zod@4`, and import `{ z } from 'zod'`, not `zod/v3`",
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
  TARGET_TOOLS_FOREIGN: error(
    (p: { file: string; member: string; api: string }) =>
      `a tool of \`${p.file}\` has \`${p.member}\`, which is the form of \`${p.api}\``,
    () =>
      "give the list as MCP's `tools/list` has it: each tool with `name`, `description`, and its schema under `inputSchema`",
  ),
  TARGET_ENDPOINT_INVALID: error(
    (p: { endpoint: string }) => `endpoint \`${p.endpoint}\` is no HTTPS URL`,
    () => 'give a URL that begins with https:// and is URL-encoded',
  ),
  TARGET_CLASS_INVALID: error(
    (p: { tool: string; name: string }) =>
      `tool \`${p.tool}\` is given the class \`${p.name}\`, which no class can be named`,
    () => 'use up to 40 lower-case letters, digits and single hyphens, beginning with a letter, for example `pii`',
  ),
  TARGET_CLASS_OF_NO_TOOL: error(
    (p: { target: string; name: string; suggestion: string | undefined }) =>
      `\`classes\` of target \`${p.target}\` speaks of \`${p.name}\`, which is none of its tools`,
    (p) => didYouMean(p.suggestion, 'name a tool, or a pattern such as `get_*` that fits one'),
  ),
  TARGET_CLASS_BELOW_CLAIM: warning(
    (p: { tool: string; risks: readonly string[] }) =>
      `the server says that \`${p.tool}\` is ${listed(p.risks)}, and \`classes\` of its target does not`,
    () => 'look at what the tool does: correct `classes`, or acknowledge this with the reason why you know better',
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
  TARGET_OPENAPI_SECURITY: warning(
    (p: { file: string; operations: readonly string[]; schemes: readonly string[] }) =>
      `${few(p.operations)} of \`${p.file}\` ask their callers for ${listed(p.schemes)}, and the target sends no credentials`,
    () =>
      "give the target `credentials`, or let the client's own key pass with `allowedRequestHeaders`; acknowledge it where an interceptor sends the `Authorization`, or where the API is open all the same",
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
  TARGET_SMITHY_PROTOCOL: error(
    (p: { file: string; service: string; protocols: readonly string[] }) =>
      `service \`${p.service}\` of \`${p.file}\` speaks ${p.protocols.length > 0 ? listed(p.protocols) : 'no protocol'}, the gateway speaks only \`aws.protocols#restJson1\``,
    () => 'put a Lambda function or a REST API in front of the service, and make that the target',
  ),
  TARGET_SMITHY_CUSTOM_SERVICE: warning(
    (p: { file: string; service: string }) =>
      `service \`${p.service}\` of \`${p.file}\` is none of AWS, for which the gateway may find no endpoint`,
    () => 'describe the API with OpenAPI, or use the model that AWS publishes: it says where the service is',
  ),
  TARGET_API_UNKNOWN: error(
    (p: { path: string }) => `the methods of REST API \`${p.path}\` are unknown at synth`,
    () =>
      'give its OpenAPI export as `document`, or its tools as `tools` with an override for each that says which method it is',
  ),
  TARGET_API_UNREACHABLE: error(
    (p: { path: string; problem: string }) => `the gateway cannot reach REST API \`${p.path}\`: ${p.problem}`,
    () =>
      'targets of this kind are in the same account and Region, with a public default endpoint: make it so, or describe the API with `Tools.fromOpenApi`',
  ),
  TARGET_API_RESOURCE_POLICY: warning(
    (p: { path: string; problem: string }) =>
      `the resource policy of REST API \`${p.path}\` ${p.problem}, so that calls of the gateway are refused`,
    () =>
      "let the gateway's role call with `credentials` of the role and methods of type AWS_IAM, without a condition on the network: the gateway calls through the public endpoint",
  ),
  TARGET_API_WITHOUT_STAGE: error(
    (p: { path: string }) => `REST API \`${p.path}\` has no stage of its own`,
    () => 'give the name of a stage as `stage`',
  ),
  TARGET_API_STAGE: warning(
    (p: { stage: string; stages: readonly string[]; suggestion: string | undefined }) =>
      `stage \`${p.stage}\` is none that this app deploys the API to, so it may have other methods`,
    (p) => didYouMean(p.suggestion, `the stages of this app are ${listed(p.stages)}`),
  ),
  TARGET_API_ACCESS: error(
    (p: { operation: string; needs: string; used: string }) =>
      `\`${p.operation}\` wants credentials of kind ${p.needs} from its callers, the target has ${p.used}: every call would be refused`,
    () => 'give the target these `credentials`, or leave the method out with `exclude`',
  ),
  TARGET_API_TOOL_UNPLACED: error(
    (p: { path: string; tool: string }) => `nothing says which method of REST API \`${p.path}\` tool \`${p.tool}\` is`,
    () => 'add an override with its name, path and method, or give the OpenAPI export of the API as `document`',
  ),
  TARGET_PINNED_TOOL_MISSING: error(
    (p: { path: string; tool: string; suggestion: string | undefined }) =>
      `an override of REST API \`${p.path}\` makes a tool \`${p.tool}\`, which \`tools\` does not have`,
    (p) => didYouMean(p.suggestion, 'add the tool to `tools`, so that policies know it, or remove the override'),
  ),
  TARGET_API_OVERRIDE: error(
    (p: { operation: string; suggestion: string | undefined }) =>
      `override \`${p.operation}\` names no method that becomes a tool`,
    (p) => didYouMean(p.suggestion, 'use the path and the method of a selected operation'),
  ),
  TARGET_CREDENTIALS: error(
    (p: { target: string; kind: string; used: string; allowed: readonly string[] }) =>
      `target \`${p.target}\` of kind ${p.kind} has credentials of kind ${p.used}, which the service does not take for it`,
    (p) =>
      `use one of ${p.allowed.join(', ')}${p.allowed.includes('none') ? ' (leave out `credentials` for none)' : ''}`,
  ),
  TARGET_ROLE_SERVICE: error(
    (p: { target: string; kind: string; namesService: boolean }) =>
      p.namesService
        ? `target \`${p.target}\` of kind ${p.kind} names a service to sign for, which the service does not take for it`
        : `target \`${p.target}\` does not say for which AWS service the gateway's role signs`,
    (p) =>
      p.namesService
        ? 'use `GatewayCredentialProvider.fromIamRole()` without `service` and `region`'
        : "give the service that verifies the signature: `GatewayCredentialProvider.fromIamRole({ service: 'execute-api' })`",
  ),
  TARGET_PASS_THROUGH_NAME: error(
    (p: { target: string; list: string; name: string }) =>
      `\`${p.list}\` of target \`${p.target}\` names \`${p.name}\`, which the service does not let pass`,
    () =>
      'headers have letters, digits, `_` and `-`, and are none that carry credentials or belong to the connection; query parameters have at most 40 characters',
  ),
  TARGET_PASS_THROUGH_COUNT: error(
    (p: { target: string; list: string; count: number; max: number }) =>
      `\`${p.list}\` of target \`${p.target}\` has ${p.count} names`,
    (p) => `the service takes ${p.max}`,
  ),
  TARGET_TOOL_NAMES_FOR_MODELS: warning(
    (p: { target: string; names: readonly string[] }) =>
      `target \`${p.target}\` has tools whose full names models do not take: ${few(p.names)}`,
    () => 'use at most 64 letters, digits, `_` and `-`, the name of the target included',
  ),
  TARGET_ARGUMENT_NAMES_FOR_MODELS: warning(
    (p: { target: string; names: readonly string[] }) =>
      `target \`${p.target}\` has arguments whose names models do not take: ${few(p.names)}`,
    () => 'use at most 64 letters, digits, `_` and `-` for the names of arguments',
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
  TARGET_SCHEMA_KEYWORDS_LOST: info(
    (p: { target: string; keywords: readonly string[]; described: boolean }) =>
      `the published schemas of target \`${p.target}\` cannot say ${listed(p.keywords)}${p.described ? ', so that descriptions tell agents' : ''}`,
    () =>
      'policies do not see these keywords: the tool itself checks them, as `toolHandler` does; `constraintsInDescriptions` is the switch',
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
  TARGET_PROOF_REFUSED: error(
    (p: { tool: string; field: string }) =>
      `the input schema of tool \`${p.tool}\` takes no further arguments, so its function would refuse \`${p.field}\`, with which the interceptor proves that it saw the call`,
    () =>
      'allow further properties in the input schema and in the function, or write the tool with `governed-gateway/tool`, which takes the proof out',
  ),
  TARGET_TOOLS_TOO_MANY: error(
    (p: { target: string; count: number; limit: number }) =>
      `target \`${p.target}\` has ${p.count} tools, but the policy that denies tools which it gains later can name only about ${p.limit}`,
    () =>
      'divide the tools among several targets: a gateway with trusted context denies every tool that it was not checked with',
  ),
  TARGET_UNKNOWN_TOOL: error(
    (p: { target: string; tool: string; tools: readonly string[]; suggestion: string | undefined }) =>
      `target \`${p.target}\` has no tool \`${p.tool}\``,
    (p) => didYouMean(p.suggestion, `its tools are ${listed(p.tools)}`),
  ),
};
