import { principalFromClaims } from '../../contract/claims';
import type { JsonObject } from '../../contract/json';
import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { joinToolName } from '../../contract/tool-name';
import { authorize } from '../../policy/decision/authorize';
import { preparePolicySet } from '../../policy/decision/policy-set';
import { exampleArguments } from './example-arguments';
import type { StarterTarget } from './starter-tool';

/** What can be said of the tools of a target before anybody has written a policy. */
export interface CallableTools {
  /** Names of tools that no policy can permit, because their schemas have no Cedar type. */
  readonly denied: ReadonlySet<string>;
  /** Arguments that fit, by the name of the tool. Of some tools nobody can guess any. */
  readonly arguments: ReadonlyMap<string, JsonObject>;
}

/** Tries every tool under a policy that permits everything. */
export function callableTools({ name: target, tools }: StarterTarget): CallableTools {
  const set = preparePolicySet({
    policies: [PERMIT_ALL],
    targets: [{ name: target, tools }],
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
  });
  const caller = principalFromClaims({ sub: 'ann' });
  const found = new Map<string, JsonObject>();
  for (const { name, inputSchema } of tools) {
    const input = exampleArguments(inputSchema);
    const call = { principal: caller, tool: joinToolName(target, name), input, now: new Date(0) };
    if (authorize(set, call).outcome === 'ALLOW') found.set(name, input);
  }
  const denied = tools.map(({ name }) => name).filter((name) => set.schema.denied.has(joinToolName(target, name)));
  return { denied: new Set(denied), arguments: found };
}

const PERMIT_ALL: DesiredPolicy = {
  id: 'all',
  name: 'all',
  effect: 'permit',
  statementParts: ['permit (principal, action, resource);'],
  validationMode: 'IGNORE_ALL_FINDINGS',
  enforcementMode: 'ACTIVE',
  origin: { file: 'all', line: 1, column: 1 },
};
