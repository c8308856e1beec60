import { CfnResource } from 'aws-cdk-lib';
import { kept, type MadeResource } from '../governance/made-resource';
import type { BoundIdentity } from './bound-identity';

/** The clients that an identity made, which say how long tokens live. */
export function madeClients({ peopleClient, machineClients }: BoundIdentity): MadeResource[] {
  const clients = Object.entries({ ...(peopleClient && { people: peopleClient }), ...machineClients });
  return clients.flatMap(([name, { node }]) => {
    const resource = node.defaultChild;
    if (!CfnResource.isCfnResource(resource)) return [];
    return [{ what: `client ${name}`, resource, kept: kept(resource, 'AccessTokenValidity', 'TokenValidityUnits') }];
  });
}
