import { expect, it } from 'vitest';
import * as subpath from '../../lib/policy/index';

it('`governed-gateway/policy` exports what it promises', () => {
  expect(Object.keys(subpath).sort()).toEqual([
    'ClaimOperand',
    'GovernanceError',
    'InputOperand',
    'LOCAL_GATEWAY_ARN',
    'NowOperand',
    'PolicyCondition',
    'PolicySet',
    'PolicySource',
    'PolicyStatement',
    'PrincipalScope',
    'ToolAction',
    'authorize',
    'claim',
    'explain',
    'forbid',
    'generateSchema',
    'input',
    'listTools',
    'loadPolicies',
    'now',
    'permit',
    'preparePolicySet',
    'principalFromClaims',
    'principalFromIam',
    'renderText',
    'trustedContextGuards',
    'unauthenticatedPrincipal',
    'validatePolicySet',
  ]);
});
