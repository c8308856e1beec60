import { declaredGateway } from '../../contract/drift/declared-gateway';
import { localStack } from '../../contract/drift/local-stack';
import type { Template } from '../../contract/drift/stack';
import { isJsonObject, type JsonValue } from '../../contract/json';
import { LOCAL_ENGINE_ID } from '../../contract/local-arn';
import type { GatewayManifest } from '../../contract/manifest';
import type { InterceptorNames } from './dashboard-data';

const known = new WeakMap<Template, InterceptorNames>();

/** Names of the interceptors' functions, as the dashboard's widgets name them. */
export function interceptorNames(template: Template | undefined, manifest: GatewayManifest): InterceptorNames {
  if (template === undefined) return {};
  const names = known.get(template) ?? namesIn(template, manifest);
  known.set(template, names);
  return names;
}

function namesIn(template: Template, manifest: GatewayManifest): InterceptorNames {
  const { logicalId } = manifest.gateway;
  const sources = { template, stack: localStack(template, manifest), logicalId, policyEngineId: LOCAL_ENGINE_ID };
  const configured = declaredGateway({ ...sources, policies: [] })?.gateway['interceptorConfigurations'];
  const found = Array.isArray(configured) ? configured : [];
  const [request, response] = ['REQUEST', 'RESPONSE'].map((point) => found.map(nameAt(point)).find(Boolean));
  return { ...(request && { request }), ...(response && { response }) };
}

/** The name of the function that an interceptor is, when it stands at a point. */
function nameAt(point: string): (configuration: JsonValue) => string | undefined {
  return (configuration) => {
    const text = JSON.stringify(isJsonObject(configuration) ? configuration : {});
    return text.includes(`"${point}"`) ? /:function:([\w-]+)"/.exec(text)?.[1] : undefined;
  };
}
