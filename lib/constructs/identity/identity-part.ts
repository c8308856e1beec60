import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { IdentityManifest } from '../../contract/manifest';
import type { GatewayPart } from '../parts/gateway-part';
import type { BoundIdentity } from './bound-identity';

/** The identity of a gateway as a part of it: who calls, what local runs sign in as, and where clients get tokens. */
export function identityPart(scope: Construct, identity: BoundIdentity): GatewayPart {
  return {
    outputs: () => identity.outputs,
    manifest: () => ({
      identity: Stack.of(scope).resolve(identity.manifest) as IdentityManifest,
      local: { personas: identity.personas },
    }),
  };
}
