import { restApiTools } from '../../../constructs/targets/read-tools';
import { textMember } from '../../../contract/drift/text-member';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { type Code, call, list, literal, object, verbatim } from '../../project/code';
import { Outside } from '../outside';
import { readTools } from './documents';
import { type KindInput, MCP, type SaidKind } from './kind';

/** Methods of a REST API, by its export: what they take, the control plane does not say. */
export async function apiGatewayTarget({
  name,
  word,
  id,
  members,
  credentialType,
  sources,
}: KindInput): Promise<SaidKind> {
  const restApiId = members.text(...MCP, 'apiGateway', 'restApiId') ?? '';
  const stage = members.text(...MCP, 'apiGateway', 'stage') ?? '';
  const path = [...MCP, 'apiGateway', 'apiGatewayToolConfiguration'];
  const filters = objects(members.take(...path, 'toolFilters'));
  const overrides = objects(members.take(...path, 'toolOverrides'));
  const document = sources.documents.get(name);
  if (document === undefined) {
    const command = `aws apigateway get-export --rest-api-id ${restApiId} --stage-name ${stage} --export-type oas30 ${name}.json`;
    const way = `export it by \`${command}\`, and run \`adopt\` again with \`--document ${name}=${name}.json\``;
    throw new Outside('which methods its API has, the control plane does not show', way);
  }
  const include = filters.map((filter) => ({
    paths: [textMember(filter, 'filterPath')],
    methods: texts(filter['methods']),
  }));
  const given = overrides.map((override) => ({
    path: textMember(override, 'path'),
    method: textMember(override, 'method'),
    name: textMember(override, 'name'),
    ...(typeof override['description'] === 'string' && { description: override['description'] }),
  }));
  const tools = readTools(document.text, (file) => restApiTools(file, credentialType, { include, overrides: given }));
  const file = `apis/${name}${document.text.trimStart().startsWith('{') ? '.json' : '.yaml'}`;
  const constant = `${word}Api`;
  const api = call(
    'apigateway.RestApi.fromRestApiId',
    [verbatim('this'), literal(`${id}Api`), literal(restApiId)],
    'apigateway',
  );
  return {
    constants: [{ name: constant, value: api }],
    factory: 'Tools.fromApiGateway',
    args: [verbatim(constant)],
    options: {
      stage: literal(stage),
      document: literal(file),
      include: include.length === 0 ? undefined : literal(include),
      overrides: overrides.length === 0 ? undefined : list(overrides.map(overrideCode)),
    },
    files: new Map([[file, document.text]]),
    catalog: { kind: 'api-gateway', tools },
    notes: [
      diagnostic('ADOPT_CHANGED', { target: name, what: 'its filters name each method that is a tool, one by one' }),
    ],
  };
}

function overrideCode({ path, method, name, description }: JsonObject): Code {
  return object({
    path: literal(path ?? ''),
    method: call('agentcore.ApiGatewayHttpMethod.of', [literal(method ?? '')], 'agentcore'),
    name: literal(name ?? ''),
    description: typeof description === 'string' ? literal(description) : undefined,
  });
}

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
