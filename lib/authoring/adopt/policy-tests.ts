import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { preparePolicySet } from '../../policy/decision/policy-set';
import type { CatalogTarget } from '../../policy/schema/catalog-target';
import { suggestedFile } from '../../policy/testing/suggestion/render-suggestion';
import { draftTests } from '../generation/draft-tests';
import type { ExpressedGateway } from './express-gateway';

/** Of an identity, what decides which callers there are. */
const IDENTITY = {
  allowedClients: [],
  allowedAudiences: [],
  allowedScopes: [],
  customClaims: [],
  groups: [],
  clients: [],
};

/**
 * A test file for each policy that a call can tell: a call that it decides, and one that its conditions keep out of it. They hold what is deployed
 * now, so that a change of a policy is seen.
 * @param policies without errors, with ids by which their files are named
 */
export async function policyTests(
  policies: readonly DesiredPolicy[],
  targets: readonly CatalogTarget[],
  { authorization, mode }: Pick<ExpressedGateway, 'authorization' | 'mode'>,
): Promise<Map<string, string>> {
  const kind = authorization === 'jwt' ? 'oidc' : authorization;
  const gateway = {
    policies,
    targets,
    gatewayArn: LOCAL_GATEWAY_ARN,
    trusted: { onSpoof: 'overwrite', tables: {} },
    identity: { ...IDENTITY, kind, authorization },
  } as const;
  const set = preparePolicySet({ policies, targets, mode, gatewayArn: LOCAL_GATEWAY_ARN });
  const files = new Map<string, string>();
  for (const { id } of policies) {
    const tests = await draftTests({ id, gateway, set, files: [] });
    if (tests.length > 0) files.set(`policies/${id}.test.yaml`, suggestedFile(tests));
  }
  return files;
}
