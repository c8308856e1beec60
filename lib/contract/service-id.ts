/**
 * Ids that the service makes of names: the name, a hyphen and ten characters. Those of policies and policy engines may have underscores in
 * both, and a hyphen nowhere else; those of gateways hyphens in the name, and no underscore.
 * Source: control plane model, shapes ResourceId and GatewayId
 */
const POLICY_ID = /^([A-Za-z][A-Za-z0-9_]*)-[a-z0-9_]{10}$/;
const GATEWAY_ID = /^((?:[0-9a-z]-?)+)-[0-9a-z]{10}$/;

/** The name of a policy, of its id or of the name itself: telemetry has ids, denials have either. */
export function policyNameOf(idOrName: string): string {
  return POLICY_ID.exec(idOrName)?.[1] ?? idOrName;
}

/** The name of a gateway, in lower case, of its id. */
export function gatewayNameOf(id: string): string {
  return GATEWAY_ID.exec(id)?.[1] ?? id;
}

/** Whether a text has the form of an id that the service made of the name of a policy or a policy engine. */
export function isResourceId(text: string): boolean {
  return POLICY_ID.test(text);
}
