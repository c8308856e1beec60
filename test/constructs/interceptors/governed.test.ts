import { readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { requestEvent, responseEvent, resultOf, toolCall } from '../../../lambda/interceptor-kit/testing';
import { PolicySource, Steps, TrustedField } from '../../../lib';
import { OAUTH_USER } from '../../../lib/contract/claims';
import type { InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import { acceptingProofs, PROOF_ARGUMENT, PROOF_PLACEHOLDER, proofOf } from '../../../lib/contract/interceptor-proof';
import type { JsonObject } from '../../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import type { GatewayManifest } from '../../../lib/contract/manifest';
import type { ProofSource } from '../../../lib/contract/trusted-context';
import type { EdgeContext } from '../../../lib/emulator/edge/edge-service';
import { secretsManager } from '../../../lib/emulator/edge/secrets-manager/secrets-manager';
import { authorize } from '../../../lib/policy/decision/authorize';
import { type PolicySet, preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { ROOT } from '../../house/source-files';
import { notesProps, stackWith } from '../notes-gateway';

const TOOL = 'notes___delete_note';
const ONLY_IN_TEST = PolicySource.fromInline(`
permit (principal is AgentCore::OAuthUser, action == AgentCore::Action::"${TOOL}", resource == ?resource)
when { context.input has environment && context.input.environment == "test" };
`);

type Handler = (event: unknown) => Promise<InterceptorOutput>;

describe('trusted context of a governed gateway', () => {
  let manifest: GatewayManifest;
  let set: PolicySet;
  let request: Handler;
  let proof: string;
  let response: Handler;

  beforeAll(async () => {
    const secrets = new Map([['arn:of:secret', 'value']]);
    const running = await secretsManager.start({ secrets } as unknown as EdgeContext);
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', running?.url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    vi.stubEnv('PROOF_SECRET_ARN', 'arn:of:secret');
    const { app, stack } = stackWith({
      ...notesProps(),
      policies: [ONLY_IN_TEST],
      trustedContext: { environment: TrustedField.constant('test') },
      steps: [Steps.inputCheck()],
    });
    const { directory } = app.synth();
    symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
    manifest = JSON.parse(
      readFileSync(join(directory, `${stack.artifactId}.Gateway.gateway.json`), 'utf8'),
    ) as GatewayManifest;
    const { targets, gateway, interceptors, trustedContext } = manifest;
    const source = trustedContext.find(({ name }) => name === PROOF_ARGUMENT)?.source as ProofSource;
    proof = proofOf('value', source.fingerprint);
    const policies = manifest.policies.map((policy) => ({
      ...policy,
      statementParts: policy.statementParts.map((part) => acceptingProofs(part, [proof])),
    }));
    set = preparePolicySet({ policies, targets, mode: gateway.mode, gatewayArn: LOCAL_GATEWAY_ARN });
    const load = (asset = ''): Handler => createRequire(__filename)(join(directory, asset, 'index.js')).handler;
    request = load(interceptors.request?.asset);
    response = load(interceptors.response?.asset);
    return async () => {
      await running?.stop();
      vi.unstubAllEnvs();
    };
  });

  const decide = (input: JsonObject) => {
    const principal = { type: OAUTH_USER, id: 'ann', tags: {} } as const;
    return authorize(set, { principal, tool: TOOL, input, now: new Date() });
  };
  const intercepted = async (args: JsonObject): Promise<JsonObject> => {
    const output = await request(requestEvent(toolCall(TOOL, args)));
    const body = output.mcp.transformedGatewayRequest?.body as { params: JsonObject } | undefined;
    return body?.params['arguments'] as JsonObject;
  };

  it('denies a call that no interceptor has seen, by the guard', () => {
    const attempts: readonly JsonObject[] = [
      {},
      { environment: 'test' },
      { environment: 'test', [PROOF_ARGUMENT]: PROOF_PLACEHOLDER },
    ];
    for (const feigned of attempts) {
      const decision = decide({ title: 'a', ...feigned });
      expect(decision.outcome).toBe('DENY');
      expect(decision.determining).toEqual(['governed-gateway/requires-interceptor']);
    }
  });

  it('allows the same call behind the interceptor, whatever the client said', async () => {
    for (const spoofed of [{}, { environment: 'prod' }] as JsonObject[]) {
      const filled = await intercepted({ title: 'a', ...spoofed });
      expect(filled).toEqual({ title: 'a', environment: 'test', [PROOF_ARGUMENT]: proof });
      expect(decide(filled).outcome).toBe('ALLOW');
    }
  });

  it('checks arguments against the published schema, which the field is part of', async () => {
    const output = await request(requestEvent(toolCall(TOOL, { title: 1 })));
    expect(output.mcp.transformedGatewayResponse?.body).toMatchObject({
      error: { data: { details: ['title is of another type than the schema says'] } },
    });
  });

  it('shows agents the tool without the field', async () => {
    const published = manifest.targets[0]?.tools.map((tool) => ({ ...tool, name: `notes___${tool.name}` })) ?? [];
    expect(JSON.stringify(published)).toContain('environment');
    const tools = published as unknown as JsonObject[];
    const output = await response(responseEvent({ jsonrpc: '2.0', id: 1, method: 'tools/list' }, resultOf({ tools })));
    const shown = output.mcp.transformedGatewayResponse?.body as { result: { tools: JsonObject[] } };
    expect(shown.result.tools).toHaveLength(2);
    expect(JSON.stringify(shown)).not.toContain('environment');
    expect(JSON.stringify(shown)).not.toContain(PROOF_ARGUMENT);
  });
});
