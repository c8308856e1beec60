import { logicalIds } from '../../constructs/logical-ids';
import { propertyName, toPropertyNames } from '../../contract/drift/api-names';
import { textMember } from '../../contract/drift/text-member';
import type { JsonObject } from '../../contract/json';
import type { ExpressedGateway } from './express-gateway';
import { PROPERTIES } from './overrides';
import type { AdoptableGateway } from './read-adoptable';

/** What `cdk import` reads. */
export interface ImportFiles {
  /** Resources as they are deployed now, by the logical ids that they will have in the stack. */
  readonly template: JsonObject;
  /** Which deployed thing each of them is. */
  readonly mapping: JsonObject;
}

const GATEWAY = 'AWS::BedrockAgentCore::Gateway';
const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';

/** Id of the gateway's construct in the stack. */
export const CONSTRUCT_ID = 'Gateway';

/**
 * CloudFormation imports a resource with the properties that a template says, and changes nothing. Source: CloudFormation user guide, page
 * import-resources-manually. So what is imported is the gateway as it
 * is now, and the first deployment after that makes it the governed one: an update, since its logical id is the same.
 * @param targets answers of GetGatewayTarget, of those targets that the stack has
 */
export function importFiles(
  adopted: AdoptableGateway,
  expressed: Pick<ExpressedGateway, 'authorization' | 'semanticSearch'>,
  targets: readonly JsonObject[],
): ImportFiles {
  const ids = logicalIds(CONSTRUCT_ID, expressed);
  const tags = Object.entries(adopted.tags).filter(([key]) => !key.startsWith('aws:'));
  const gateway = {
    ...properties(adopted.gateway, PROPERTIES.gateway),
    ...(tags.length > 0 && { Tags: Object.fromEntries(tags) }),
  };
  const parent = { 'Fn::GetAtt': [ids.gateway, 'GatewayIdentifier'] };
  const resources = targets.map((target) => {
    const name = textMember(target, 'name');
    const identifiers = { GatewayIdentifier: adopted.id, TargetId: textMember(target, 'targetId') };
    const own = { ...properties(target, PROPERTIES.target), GatewayIdentifier: parent };
    return { logicalId: ids.target(name), identifiers, resource: resource(TARGET, own) };
  });
  return {
    template: {
      Resources: {
        [ids.gateway]: resource(GATEWAY, gateway),
        ...Object.fromEntries(resources.map(({ logicalId, resource: one }) => [logicalId, one])),
      },
    },
    mapping: {
      [ids.gateway]: { GatewayIdentifier: adopted.id },
      ...Object.fromEntries(resources.map(({ logicalId, identifiers }) => [logicalId, identifiers])),
    },
  };
}

/** CloudFormation imports nothing that a later removal would delete. */
function resource(type: string, own: JsonObject): JsonObject {
  return { Type: type, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: own };
}

function properties(answer: JsonObject, known: readonly string[]): JsonObject {
  const members = Object.entries(answer).filter(([name, value]) => known.includes(propertyName(name)) && value !== '');
  return toPropertyNames(Object.fromEntries(members)) as JsonObject;
}
