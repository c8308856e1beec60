import { type DeployedGateway, type DeployedPolicy, readDeployed, type Send } from '../../contract/drift/read-deployed';
import { arnParts, gatewayIdOf } from '../../contract/drift/stack';
import { textMember } from '../../contract/drift/text-member';
import { isJsonObject, type JsonObject } from '../../contract/json';
import { GovernanceError } from '../../diagnostics/governance-error';

/** A gateway that somebody made, as the control plane tells of it. */
export interface AdoptableGateway {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Undefined where no engine is attached. */
  readonly engineArn?: string;
  /** The answer of GetGateway. */
  readonly gateway: JsonObject;
  /** The answers of GetGatewayTarget, by name. */
  readonly targets: readonly JsonObject[];
  readonly policies: readonly DeployedPolicy[];
  readonly rateLimits: readonly JsonObject[];
  readonly tags: { readonly [key: string]: string };
}

/** Protocols and authorizers of gateways that the construct makes. */
const AUTHORIZERS = ['CUSTOM_JWT', 'AWS_IAM', 'NONE'];

/**
 * Reads everything of a gateway, or throws: what was left out would be lost.
 * @param idOrArn id, or ARN
 * @throws GovernanceError `ADOPT_GATEWAY_MISSING`, `ADOPT_UNSUPPORTED`
 */
export async function readAdoptable(send: Send, idOrArn: string): Promise<AdoptableGateway> {
  const id = gatewayIdOf(idOrArn);
  const gateway = await found(send, id);
  checkSupported(id, gateway);
  const arn = textMember(gateway, 'gatewayArn');
  const engine = gateway['policyEngineConfiguration'];
  const engineArn = isJsonObject(engine) ? textMember(engine, 'arn') : '';
  const read = await readAll(send, id, engineArn);
  const { tags = {} } = (await send('ListTagsForResource', { resourceArn: arn })) as {
    readonly tags?: { readonly [key: string]: string };
  };
  return {
    id,
    arn,
    name: textMember(gateway, 'name'),
    ...placeOf(arn),
    ...(engineArn !== '' && { engineArn }),
    ...read,
    targets: read.targets.toSorted((one, other) => (textMember(one, 'name') < textMember(other, 'name') ? -1 : 1)),
    policies: read.policies.toSorted((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1)),
    tags,
  };
}

async function found(send: Send, id: string): Promise<JsonObject> {
  try {
    return (await send('GetGateway', { gatewayIdentifier: id })) as JsonObject;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    throw GovernanceError.of('ADOPT_GATEWAY_MISSING', { id });
  }
}

function checkSupported(id: string, gateway: JsonObject): void {
  const protocol = textMember(gateway, 'protocolType') || 'MCP';
  const authorizer = textMember(gateway, 'authorizerType') || 'CUSTOM_JWT';
  const status = textMember(gateway, 'status');
  const refuse = (what: string): never => {
    throw GovernanceError.of('ADOPT_UNSUPPORTED', { id, what });
  };
  if (protocol !== 'MCP') refuse(`it speaks ${protocol}, and the construct makes gateways of MCP`);
  if (!AUTHORIZERS.includes(authorizer)) {
    refuse(`its authorizer is ${authorizer}, and the construct makes ${AUTHORIZERS.join(', ')}`);
  }
  if (status !== 'READY') refuse(`it is ${status}, and only what is READY stays as it is while it is read`);
}

async function readAll(send: Send, gatewayId: string, engineArn: string): Promise<DeployedGateway> {
  const ids = { gatewayId, rateLimits: true };
  return readDeployed(send, engineArn === '' ? ids : { ...ids, policyEngineId: engineArn.replace(/^.*\//, '') });
}

function placeOf(arn: string): { readonly region: string; readonly account: string } {
  const { region, account } = arnParts(arn);
  return { region, account };
}
