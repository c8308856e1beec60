import * as control from '@aws-sdk/client-bedrock-agentcore-control';
import { describe, expect, it } from 'vitest';
import type { ListedGateway } from '../../../lib/cli/baseline/listed-gateway';
import { organizationPolicy } from '../../../lib/cli/baseline/organization-policy';
import type { DeclaredRule } from '../../../lib/contract/baseline';
import { CHANGING_ROLES_PATH } from '../../../lib/contract/changing-roles';
import { GovernanceError } from '../../../lib/diagnostics/governance-error';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal?: string;
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

interface Request {
  /** Without the service, where it is AgentCore. */
  readonly action: string;
  /** @default - any of AgentCore */
  readonly resource?: string;
  readonly keys: { readonly [key: string]: string };
}

const PIPELINE = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';
const OWN_ROLE = `arn:aws:iam::111122223333:role${CHANGING_ROLES_PATH}prod-Notes-GatewayPoliciesProviderOnEvent-1ABC`;
const ROLES = ['arn:*:iam::*:role/cdk-*-cfn-exec-role-*'];

const gatewayWith = (...rules: DeclaredRule[]): ListedGateway => ({
  gateway: 'prod/Notes/Gateway',
  baselines: [{ name: 'acme', scope: '', rules, policies: [], invariants: [] }],
});
const ASKED: DeclaredRule[] = [
  { rule: 'authorization', asks: 'callers are known' },
  { rule: 'mode', asks: 'policies decide' },
];

function statementsOf(kind: 'scp' | 'rcp', gateways: readonly ListedGateway[]): Statement[] {
  const { policy } = organizationPolicy(kind, { gateways, roles: ROLES });
  return policy['Statement'] as unknown as Statement[];
}

/** The conditions of IAM that the policies use, as the IAM user guide defines them: of a list, a negated operator must fail for all. */
const OPERATORS: { readonly [name: string]: (value: string | undefined, wanted: readonly string[]) => boolean } = {
  StringEquals: (value, wanted) => value !== undefined && wanted.includes(value),
  StringNotEquals: (value, wanted) => value === undefined || !wanted.includes(value),
  ArnNotLike: (value, wanted) => value === undefined || !wanted.some((pattern) => isLike(value, pattern)),
  BoolIfExists: (value, wanted) => value === undefined || wanted.includes(value),
};

function isLike(value: string, pattern: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(value);
}

/** Sids of the statements that deny a request. */
function deniedBy(statements: readonly Statement[], { action, resource = '*', keys }: Request): string[] {
  const holds = ({ Condition }: Statement): boolean =>
    Object.entries(Condition).every(([operator, tests]) =>
      Object.entries(tests).every(([key, wanted]) => OPERATORS[operator]?.(keys[key], [wanted].flat()) === true),
    );
  return statements
    .filter((one) => one.Action.includes(action.includes(':') ? action : `bedrock-agentcore:${action}`))
    .filter((one) => isLike(resource, one.Resource) && holds(one))
    .map(({ Sid }) => Sid);
}

const asPipeline = (keys: Request['keys'] = {}): Request['keys'] => ({
  'aws:PrincipalArn': PIPELINE,
  'bedrock-agentcore:GatewayAuthorizerType': 'CUSTOM_JWT',
  'bedrock-agentcore:PolicyEngineMode': 'ENFORCE',
  ...keys,
});

describe('the service control policy of baselines', () => {
  const statements = statementsOf('scp', [gatewayWith(...ASKED)]);
  const denied = (action: string, keys: Request['keys']): string[] => deniedBy(statements, { action, keys });

  // Covers policy.organization-keys, assumed.mode-key
  it.each(['CreateGateway', 'UpdateGateway'])(
    'lets the pipeline %s with callers and deciding policies only',
    (action) => {
      const { 'bedrock-agentcore:PolicyEngineMode': _, ...withoutEngine } = asPipeline();
      expect(denied(action, asPipeline())).toEqual([]);
      expect(denied(action, asPipeline({ 'bedrock-agentcore:GatewayAuthorizerType': 'NONE' }))).toEqual([
        'GatewaysKnowTheirCallers',
      ]);
      expect(denied(action, asPipeline({ 'bedrock-agentcore:PolicyEngineMode': 'LOG_ONLY' }))).toEqual([
        'PoliciesDecide',
      ]);
      expect(denied(action, withoutEngine)).toEqual(['PoliciesDecide']);
    },
  );

  it.each([
    [PIPELINE, []],
    [OWN_ROLE, []],
    ['arn:aws:iam::111122223333:role/governed-gateway-admin', ['OnlyThePipelineChangesGateways']],
    ['arn:aws:iam::111122223333:role/team/governed-gateway/Admin', ['OnlyThePipelineChangesGateways']],
    ['arn:aws:iam::111122223333:role/Admin', ['OnlyThePipelineChangesGateways']],
    ['arn:aws:iam::111122223333:root', ['OnlyThePipelineChangesGateways']],
  ])('judges who changes the policies: %s', (principal, expected) => {
    for (const action of ['UpdatePolicy', 'DeletePolicy', 'DeletePolicyEngine', 'PutResourcePolicy']) {
      expect(denied(action, { 'aws:PrincipalArn': principal })).toEqual(expected);
    }
  });

  it('lets everybody look', () => {
    for (const action of ['GetGateway', 'ListPolicies', 'InvokeGateway']) expect(denied(action, {})).toEqual([]);
  });

  it.each(['iam:CreateRole', 'iam:UpdateAssumeRolePolicy', 'iam:PassRole', 'iam:PutRolePolicy'])(
    'lets the pipeline alone use %s on roles of gateways',
    (action) => {
      const by = (principal: string, resource = OWN_ROLE): string[] =>
        deniedBy(statements, { action, resource, keys: { 'aws:PrincipalArn': principal } });
      expect(by('arn:aws:iam::111122223333:role/Admin')).toEqual(['OnlyThePipelineMakesTheirRoles']);
      expect(by(OWN_ROLE)).toEqual(['OnlyThePipelineMakesTheirRoles']);
      expect(by(PIPELINE)).toEqual([]);
      expect(by('arn:aws:iam::111122223333:role/Admin', 'arn:aws:iam::111122223333:role/other')).toEqual([]);
    },
  );
});

describe('both policies', () => {
  // Covers policy.organization-size
  it.each([
    ['scp', 10_240],
    ['rcp', 5_120],
  ] as const)('are no larger than AWS Organizations takes: %s, %d characters', (kind, limit) => {
    const sizeWith = (count: number): number => {
      const roles = Array.from({ length: count }, (_, index) => `arn:aws:iam::*:role/t${index}`);
      return JSON.stringify(organizationPolicy(kind, { gateways: [gatewayWith(...ASKED)], roles }).policy).length;
    };
    let most = 0;
    expect(() => {
      for (; most < 1000; most += 1) expect(sizeWith(most)).toBeLessThanOrEqual(limit);
    }).toThrow(GovernanceError);
    expect(most).toBeGreaterThan(50);
  });

  // Covers assumed.resource-control-actions
  it.each(['scp', 'rcp'] as const)('have the form that AWS Organizations takes: %s', (kind) => {
    const statements = statementsOf(kind, [gatewayWith(...ASKED)]);
    const operations = Object.keys(control);
    for (const { Effect, Principal, Action, Sid } of statements) {
      expect({ Effect, Principal }).toEqual({ Effect: 'Deny', Principal: kind === 'rcp' ? '*' : undefined });
      expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
      for (const action of Action.filter((one) => !one.startsWith('iam:'))) {
        expect(operations).toContain(`${action.replace('bedrock-agentcore:', '')}Command`);
      }
    }
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });

  it('leave services of AWS alone where resources are guarded', () => {
    const statements = statementsOf('rcp', [gatewayWith(...ASKED)]);
    const keys = { 'aws:PrincipalIsAWSService': 'true' };
    expect(deniedBy(statements, { action: 'UpdatePolicy', keys })).toEqual([]);
  });

  it.each<[string, ListedGateway[]]>([
    ['one may break it', [gatewayWith({ rule: 'mode', asks: '', problem: 'LOG_ONLY', leftBecause: 'pilot' })]],
    ['it is asked in some environments', [gatewayWith({ rule: 'mode', asks: '', isPartial: true })]],
    ['a gateway has no baseline', [gatewayWith(...ASKED), { gateway: 'Free', baselines: [] }]],
  ])('deny nothing that a gateway needs, and say so: %s', (_, gateways) => {
    const { policy, left } = organizationPolicy('scp', { gateways, roles: ROLES });
    expect(JSON.stringify(policy)).not.toContain('PoliciesDecide');
    expect(left.join('\n')).toContain('rule mode is not in the policy');
  });

  it('say which rules IAM cannot express', () => {
    const rules: DeclaredRule[] = [...ASKED, { rule: 'steps', asks: '' }, { rule: 'identity', asks: '' }];
    const { left } = organizationPolicy('scp', { gateways: [gatewayWith(...rules)], roles: ROLES });
    expect(left).toEqual([
      'rule steps is not in the policy: IAM knows nothing of it',
      'rule identity is not in the policy: add a condition on bedrock-agentcore:DiscoveryUrl with your issuers',
      'content of Cedar policies is not in the policy: only who may change them',
      'code of functions is not in the policy: who may change that of a function with one of the roles can do what it may',
    ]);
  });
});
