import type { GatewayManifest } from '../contract/manifest';
import { awsClient, type DeployedStack, requiredOutput } from './deployed-stack';

/** One thing that was looked at on a deployed gateway. */
export interface GatewayCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Compares a deployed gateway with its manifest: engine, mode, interceptors, and that every policy is ACTIVE. */
export async function checkGateway(manifest: GatewayManifest, stack: DeployedStack): Promise<GatewayCheck[]> {
  const { BedrockAgentCoreControlClient, GetGatewayCommand, GetPolicyCommand, paginateListPolicies } = await awsClient(
    '@aws-sdk/client-bedrock-agentcore-control',
    () => import('@aws-sdk/client-bedrock-agentcore-control'),
  );
  const client = new BedrockAgentCoreControlClient({});
  const gateway = await client.send(new GetGatewayCommand({ gatewayIdentifier: requiredOutput(stack, 'GatewayId') }));
  const engine = requiredOutput(stack, 'PolicyEngineId');
  const attached = gateway.policyEngineConfiguration;
  const points = (gateway.interceptorConfigurations ?? []).flatMap((one) => one.interceptionPoints ?? []).map(String);
  const checks = [
    check('gateway is ready', gateway.status === 'READY', String(gateway.status)),
    check('policy engine is attached', attached?.arn?.endsWith(`/${engine}`) === true, attached?.arn ?? 'none'),
    check(`mode is ${manifest.gateway.mode}`, attached?.mode === manifest.gateway.mode, String(attached?.mode)),
    ...interceptorChecks(manifest, points),
  ];
  const statuses = new Map<string, string>();
  for await (const page of paginateListPolicies({ client }, { policyEngineId: engine })) {
    for (const { name, policyId, status } of page.policies ?? []) {
      if (name === undefined) continue;
      const reasons =
        status === 'ACTIVE'
          ? []
          : ((await client.send(new GetPolicyCommand({ policyEngineId: engine, policyId }))).statusReasons ?? []);
      statuses.set(name, [String(status), ...reasons].join(': '));
    }
  }
  const wanted = manifest.policies.map(({ id, name }) => {
    const status = statuses.get(name);
    return check(`policy ${id} is active`, status === 'ACTIVE', status ?? 'missing');
  });
  return [...checks, ...wanted];
}

function interceptorChecks(manifest: GatewayManifest, points: readonly string[]): GatewayCheck[] {
  const { request, response } = manifest.interceptors;
  return [
    check('REQUEST interceptor', points.includes('REQUEST') === (request !== undefined), points.join(', ') || 'none'),
    check(
      'RESPONSE interceptor',
      points.includes('RESPONSE') === (response !== undefined),
      points.join(', ') || 'none',
    ),
  ];
}

function check(name: string, ok: boolean, detail: string): GatewayCheck {
  return { name, ok, detail };
}
