import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { ask, askGenerator, CedarFailure } from '../../../lib/policy/cedar/cedar';

const STUB = `namespace AgentCore {
  @mcp_principal
  entity OAuthUser;
  @mcp_resource
  entity Gateway;
  action "CallTool" appliesTo { principal: [OAuthUser], resource: [Gateway] };
}`;

/** Objects as entities: the generator shows the values of entities only. */
const OPTIONS = JSON.stringify({ numbersAsDecimal: true, objectsAsRecords: false });

/** What the official generator makes of an argument; undefined when it refuses it. */
export function generated(schema: JsonObject, value: JsonValue): JsonValue | undefined {
  const holder = { type: 'object', properties: { o: { type: 'object', properties: { p: schema } } }, required: ['o'] };
  const tools = JSON.stringify([{ name: 't', description: '', inputSchema: holder }]);
  const call = JSON.stringify({ params: { tool: 't', args: { o: { p: value } } } });
  try {
    const answer = askGenerator(
      (generator) =>
        JSON.parse(generator.generateRequest(STUB, tools, call, 'OAuthUser', 'a', 'Gateway', 'g', OPTIONS)) as {
          error?: string | null;
          entitiesJson: string;
        },
    );
    if (answer.error) return undefined;
    const entities = JSON.parse(answer.entitiesJson) as { attrs: JsonObject }[];
    return entities.find(({ attrs }) => 'p' in attrs)?.attrs['p'];
  } catch (error) {
    // It stops for good at some numbers.
    if (error instanceof CedarFailure) return undefined;
    throw error;
  }
}

/** Whether Cedar takes two values in its JSON form for equal; false when it cannot read one of them. */
export function cedarEqual(a: JsonValue, b: JsonValue): boolean {
  const answer = ask((cedar) =>
    cedar.isAuthorized({
      principal: { type: 'U', id: '' },
      action: { type: 'A', id: '' },
      resource: { type: 'R', id: '' },
      context: { a, b } as never,
      entities: [],
      policies: { staticPolicies: { equal: 'permit(principal, action, resource) when { context.a == context.b };' } },
    }),
  );
  return answer.type === 'success' && answer.response.decision === 'allow';
}
