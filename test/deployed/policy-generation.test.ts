import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlPlane } from '../../lib/deployed/aws-sender';
import { type GeneratedPolicy, generatePolicies } from '../../lib/deployed/policy-generation';
import { ENGINE_ID, GATEWAY_ARN } from '../contract/drift/drift-fixture';
import type { Fault } from '../doubles/control-plane/options';
import { Deployment } from './deployment';

const STATEMENT = `permit(principal, action == AgentCore::Action::"Notes___read", resource == AgentCore::Gateway::"${GATEWAY_ARN}");`;
const SENTENCE = 'Everybody may read notes. Nobody may dream of them.';
const ASSETS = [
  {
    rawTextFragment: 'Everybody may read notes.',
    statement: STATEMENT,
    findings: [{ type: 'ALLOW_ALL', description: 'the policy allows every request' }],
  },
  { rawTextFragment: 'Nobody may dream of them.', findings: [{ type: 'INVALID', description: 'no such action' }] },
  { rawTextFragment: 'of them', findings: [{ type: 'NOT_TRANSLATABLE' }] },
];

let deployment: Deployment;
afterEach(() => deployment.stop());

describe('a generation', () => {
  beforeEach(async () => {
    deployment = new Deployment({ generation: 20 });
    await deployment.start();
    deployment.controlPlane.generations.translate = () => ASSETS;
  });

  it('gives every part of the sentence, over all pages, with what the service finds', async () => {
    expect(await generated()).toEqual([
      {
        fragment: 'Everybody may read notes.',
        statement: STATEMENT,
        findings: [{ type: 'ALLOW_ALL', description: 'the policy allows every request' }],
      },
      { fragment: 'Nobody may dream of them.', findings: [{ type: 'INVALID', description: 'no such action' }] },
      { fragment: 'of them', findings: [{ type: 'NOT_TRANSLATABLE', description: '' }] },
    ]);
    expect(operations().filter((operation) => operation === 'ListPolicyGenerationAssets')).toHaveLength(2);
  });

  it.each<[string, Fault, string]>([
    ['a throttled request', 'throttle', 'StartPolicyGeneration'],
    ['a lost answer, without a second generation', 'lost-answer', 'StartPolicyGeneration'],
    ['a service that is down', 'unavailable', 'GetPolicyGeneration'],
    ['a broken listing', 'reset', 'ListPolicyGenerationAssets'],
  ])('survives %s', async (_, fault, failing) => {
    const { controlPlane: double } = deployment;
    let left = 1;
    double.faultOf = (_index, operation) => (operation === failing && left-- > 0 ? fault : undefined);
    expect(await generated()).toHaveLength(3);
    const names = double.requests.filter(({ operation }) => operation === 'StartPolicyGeneration');
    expect(new Set(names.map(({ input }) => input['clientToken'])).size).toBe(1);
  });

  it.each<[string, Fault, string]>([
    ['fails', 'failure', 'the service made no policy: internal failure of the validation'],
    ['fails without a reason', 'silent-failure', 'it gives no reason'],
    ['may not be started', 'denied', 'AccessDeniedException'],
  ])('that %s is told', async (_, fault, message) => {
    deployment.controlPlane.faultOf = (_index, operation) =>
      operation === 'StartPolicyGeneration' ? fault : undefined;
    await expect(generated({}, fault === 'stuck' ? 60_000 : 0)).rejects.toThrow(message);
    expect(operations()).not.toContain('ListPolicyGenerationAssets');
  });

  it('that never ends is given up, and who waits is told how long it has been', async () => {
    deployment.controlPlane.faultOf = (_index, operation) =>
      operation === 'StartPolicyGeneration' ? 'stuck' : undefined;
    const waits: number[] = [];
    const onWait = (passed: number): void => void waits.push(Math.floor(passed / 60_000));
    await expect(generated({ onWait }, 60_000)).rejects.toThrow('did not end within 180 seconds');
    expect(waits).toEqual([0, 1, 2]);
  });

  // Covers policy.generation
  it('is not started for nothing, for too much or for an engine that is gone', async () => {
    await expect(generated({ sentence: ' \n' })).rejects.toThrow('there is no sentence');
    expect(await generated({ sentence: 'a'.repeat(2_000) })).toHaveLength(3);
    await expect(generated({ sentence: 'a'.repeat(2_001) })).rejects.toThrow('the sentence has 2001 characters');
    expect(operations().filter((operation) => operation === 'StartPolicyGeneration')).toHaveLength(1);
    await expect(generated({ policyEngineId: 'Gone-0000000009' })).rejects.toThrow('`Gone-0000000009` is not there');
  });
});

describe('a generation that reads do not show yet', () => {
  it('is waited for, and given up when it stays away', async () => {
    deployment = new Deployment({ generation: 20, lag: 40 });
    await deployment.start();
    deployment.controlPlane.generations.translate = () => ASSETS;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await generated()).toHaveLength(3);
    deployment.controlPlane.faultOf = (_index, operation) =>
      operation === 'GetPolicyGeneration' ? 'missing' : undefined;
    await expect(generated({}, 20_000)).rejects.toThrow('knows nothing of the generation');
  });
});

function operations(): string[] {
  return deployment.controlPlane.requests.map(({ operation }) => operation);
}

/** @param leap how much later it is after each wait, in milliseconds */
async function generated(
  given: { sentence?: string; policyEngineId?: string; onWait?: (passed: number) => void } = {},
  leap = 0,
): Promise<GeneratedPolicy[]> {
  let leaps = 0;
  const { sentence = SENTENCE, policyEngineId = ENGINE_ID, onWait = () => undefined } = given;
  return generatePolicies(
    await controlPlane(),
    { policyEngineId, gatewayArn: GATEWAY_ARN, sentence },
    {
      now: () => Date.now() + leaps,
      sleep: (milliseconds) => {
        leaps += leap;
        return new Promise((resolve) => setTimeout(resolve, milliseconds / 200));
      },
      onWait,
    },
  );
}
