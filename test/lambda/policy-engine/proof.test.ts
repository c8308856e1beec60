import { describe, expect, it } from 'vitest';
import type { HandlerDependencies, LogFields } from '../../../lambda/policy-engine/dependencies';
import { readOwn } from '../../../lambda/policy-engine/request/own';
import { rotate } from '../../../lambda/policy-engine/rotation';
import { jsonLog } from '../../../lambda/policy-engine/service/log';
import { PROOF_ARGUMENT, PROOF_CONDITION, PROOF_PLACEHOLDER, proofOf } from '../../../lib/contract/interceptor-proof';
import { clientInProcess } from '../../doubles/control-plane/clients';
import { MemorySecret } from './memory-secret';
import { BAD_BODY, ENVIRONMENT, FINGERPRINT, GATEWAY_ARN, policy, Scenario } from './scenario';

const GUARD = policy('guard', {
  effect: 'forbid',
  body: `unless { context.input has ${PROOF_ARGUMENT} && ${PROOF_CONDITION} };`,
});
const SET = [policy('read'), GUARD];

function world() {
  const secret = new MemorySecret();
  const scenario = new Scenario({ proofSecret: secret });
  /** Whether the deployed guard takes what an interceptor proves with a value. */
  const takes = (value: string): boolean =>
    scenario.statementOf('guard')?.includes(`== "${proofOf(value, FINGERPRINT)}"`) ?? false;
  return { secret, scenario, takes };
}

describe('a policy set with a guard that asks for a proof', () => {
  it('is deployed with what the interceptors prove, and never with the placeholder', async () => {
    const { secret, scenario, takes } = world();
    expect(await scenario.deploy(SET)).toEqual({ status: 'COMPLETE', reasons: [] });
    expect(takes(secret.current)).toBe(true);
    expect(scenario.statementOf('guard')).not.toContain(PROOF_PLACEHOLDER);
    expect(scenario.statementOf('guard')).not.toContain(secret.current);
    expect(JSON.stringify([...scenario.stack.resources.values()])).not.toMatch(/ggp_[0-9a-f]{8}/);
  });

  it('fails when there is no secret to prove with, before anything is made', async () => {
    for (const secret of [undefined, Object.assign(new MemorySecret(), { values: async () => [] })]) {
      const scenario = new Scenario(secret && { proofSecret: secret });
      const document = scenario.document(SET, { fingerprint: FINGERPRINT });
      const result = await scenario.deploy(SET, { set: document });
      expect(result.status).toBe('ROLLED_BACK');
      expect(result.reasons.join()).toContain('has no value');
      expect(scenario.policies).toEqual([]);
    }
    const old = new Scenario();
    expect((await old.deploy(SET)).reasons.join()).toContain('asks for a proof that nobody can give');
  });

  // Covers policy.rotation
  it('takes old and new value while `rotate` changes, and the new one is current only when guards take it', async () => {
    const { secret, scenario, takes } = world();
    await scenario.deploy(SET);
    const old = secret.current;
    const finish = secret.finish.bind(secret);
    const atFinish: boolean[] = [];
    secret.finish = async (id) => {
      atFinish.push(takes(old), takes(secret.versions.get(id) ?? ''));
      await finish(id);
    };
    expect((await scenario.deploy(SET, { set: { RotateProof: 'november' } })).status).toBe('COMPLETE');
    expect(atFinish).toEqual([true, true]);
    expect(secret.current).not.toBe(old);
    expect([takes(old), takes(secret.current)]).toEqual([true, true]);
    // The same value again is no rotation, and the next rotation forgets the first value.
    const second = secret.current;
    await scenario.deploy([...SET, policy('write')], { set: { RotateProof: 'november' } });
    expect(secret.current).toBe(second);
    await scenario.deploy(SET, { set: { RotateProof: 'december' } });
    expect([takes(old), takes(second), takes(secret.current)]).toEqual([false, true, true]);
  });

  it('keeps the current value when the deployment that rotates fails', async () => {
    const { secret, scenario, takes } = world();
    await scenario.deploy(SET);
    const old = secret.current;
    const result = await scenario.deploy([...SET, policy('bad', { body: BAD_BODY })], { set: { RotateProof: 'x' } });
    expect(result.status).toBe('ROLLED_BACK');
    expect(takes(secret.current)).toBe(true);
    expect(takes(old)).toBe(true);
  });

  it('shows no proof in logs and reasons, also where it quotes statements', () => {
    const lines: string[] = [];
    const log = jsonLog((line) => lines.push(line), 'info');
    const fields: LogFields = { statement: `x == "${proofOf('value', FINGERPRINT)}"` };
    log('warn', 'removing a policy that nobody declared', fields);
    expect(lines.join()).toContain('[redacted]');
    expect(lines.join()).not.toMatch(/ggp_/);
  });
});

describe('the rotation function', () => {
  async function rotating() {
    const { secret, scenario, takes } = world();
    await scenario.deploy(SET);
    const { DocumentKey, DocumentHash } = scenario.document(SET);
    const { clock, controlPlane, objects } = scenario;
    const dependencies: HandlerDependencies = {
      client: clientInProcess(controlPlane, () => undefined, clock),
      clock,
      log: () => undefined,
      readObject: async (bucket, key) => objects.get(`${bucket}/${key}`) ?? '',
      proofSecret: secret,
      own: readOwn(ENVIRONMENT),
    };
    const environment = {
      ...ENVIRONMENT,
      POLICY_ENGINE_ID: scenario.stack.resources.get('Engine')?.data['PolicyEngineId'],
      GATEWAY_ARN,
      DOCUMENT_KEY: DocumentKey,
      DOCUMENT_HASH: DocumentHash,
    };
    const step = (Step: string, ClientRequestToken = 'second', SecretId = secret.arn): Promise<void> =>
      clock.run(
        rotate(
          { Step, SecretId, ClientRequestToken },
          { getRemainingTimeInMillis: () => 300_000 },
          dependencies,
          environment,
        ),
      );
    return { secret, scenario, takes, step };
  }

  it('loses no call: whatever value interceptors remember between steps, the guards take it', async () => {
    const { secret, takes, step } = await rotating();
    const remembered = [secret.current];
    const writesNothing: string[] = [];
    for (const name of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
      await step(name);
      // The service repeats a step whose answer it did not hear.
      await step(name);
      remembered.push(secret.current);
      for (const value of remembered) if (!takes(value)) writesNothing.push(`${name}: ${value}`);
    }
    expect(writesNothing).toEqual([]);
    expect(secret.current).toBe('value-second');
  });

  it('touches guards only, and none of its policies is lost', async () => {
    const { scenario, step } = await rotating();
    const before = scenario.writes.length;
    await step('createSecret');
    await step('setSecret');
    expect(scenario.writes.slice(before)).toEqual(['UpdatePolicy guard']);
    expect(scenario.policies).toEqual(['guard ACTIVE', 'read ACTIVE']);
  });

  it('stays with the old value when guards do not take the new one', async () => {
    const { secret, step } = await rotating();
    await step('createSecret');
    await step('testSecret');
    await expect(step('finishSecret')).rejects.toThrow(/do not take/);
    expect(secret.current).toBe('value-first');
  });

  it('rotates no other secret, and knows no other steps', async () => {
    const { step } = await rotating();
    await expect(step('createSecret', 'second', 'arn:of:another')).rejects.toThrow('does not rotate');
    await expect(step('dropSecret')).rejects.toThrow('rotation step `dropSecret` is unknown');
  });
});
