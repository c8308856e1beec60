import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';

/** A member that shows that a tool is written for a model API, and which one. */
export interface ForeignForm {
  readonly member: string;
  readonly api: string;
}

const FORMS: readonly ForeignForm[] = [
  { member: 'toolSpec', api: 'the Bedrock Converse API' },
  { member: 'input_schema', api: 'the Anthropic Messages API' },
  { member: 'function', api: 'the OpenAI API' },
  { member: 'parameters', api: 'the OpenAI API' },
];

/** The form of a tool that is not one of MCP; undefined for one that may be. */
export function foreignForm(tool: JsonObject): ForeignForm | undefined {
  return FORMS.find(({ member }) => Object.hasOwn(tool, member));
}

/** The tools of a configuration of the Bedrock Converse API, `{ toolConfig: { tools } }`. */
export function converseTools(content: JsonObject): readonly JsonValue[] | undefined {
  const config = content['toolConfig'];
  return isJsonObject(config) && Array.isArray(config['tools']) ? config['tools'] : undefined;
}
