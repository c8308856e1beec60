import { withoutProofs } from '../../contract/interceptor-proof';
import { isJsonObject, type JsonObject } from '../../contract/json';
import type { Application } from '../application';
import type { CallRecord } from '../call-record';
import type { CallTrace } from '../observe/call-trace';
import type { ServingGateway } from '../serving-gateway';
import type { TargetCaller } from '../targets/target';
import { verdictsOf } from './call-story';
import { atTime, callerHeaders, send } from './local-call';
import type { PageDependencies } from './page-dependencies';
import { stateOf } from './state';

/** Callers for whom a call is decided at once. */
const MOST_CALLERS = 50;

const NOT_CALLED: TargetCaller = { call: async () => ({ kind: 'value', value: null }) };

/** What would become of a call: token, REQUEST interceptor and policies as for any call, but the tool does not run and nobody is told. */
export async function decideCall(input: JsonObject, { application }: PageDependencies): Promise<object> {
  const { record, trace } = await tried(input, application());
  const { steps, sent } = trace.details;
  const policies = verdictsOf({ record, details: trace.details });
  return JSON.parse(withoutProofs(JSON.stringify({ record: shown(record), steps, sent, policies }))) as object;
}

/** The same call by every persona. */
export async function compareCallers(input: JsonObject, { application }: PageDependencies): Promise<object[]> {
  const { personas } = stateOf(application());
  const found: object[] = [];
  for (const { name } of personas.slice(0, MOST_CALLERS)) {
    const { record } = await tried({ ...input, claims: null, persona: name }, application());
    found.push({ persona: name, record: shown(record) });
  }
  return found;
}

async function tried(input: JsonObject, application: Application): Promise<{ record: CallRecord; trace: CallTrace }> {
  const { tool, arguments: args } = input;
  const params = { name: typeof tool === 'string' ? tool : '', arguments: isJsonObject(args) ? args : {} };
  const headers = await callerHeaders(input, application);
  const { gateway } = application;
  const preview: ServingGateway = {
    ...atTime(gateway, input),
    targets: new Map([...gateway.targets.keys()].map((name) => [name, NOT_CALLED])),
    responseInterceptor: undefined,
    warn: () => undefined,
  };
  return await send({ method: 'tools/call', params }, headers, preview);
}

function shown(record: CallRecord): object {
  const { recorded: _, input: __, ...kept } = record;
  return kept;
}
