import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProofSecret } from '../../../lambda/policy-engine/dependencies';
import { proofSecret } from '../../../lambda/policy-engine/service/proof-secret';
import { SecretsManagerDouble } from '../../doubles/secrets-manager';

let service: SecretsManagerDouble;
let secret: ProofSecret;

beforeEach(async () => {
  service = new SecretsManagerDouble();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await service.start(),
  });
  secret = proofSecret(service.arn) as ProofSecret;
});

afterEach(() => service.stop());

describe('the secret of the proof in Secrets Manager', () => {
  it('is none for functions of a gateway without proof', () => {
    expect(proofSecret(undefined)).toBeUndefined();
    expect(proofSecret('')).toBeUndefined();
  });

  it('has one value at first', async () => {
    expect(await secret.values()).toEqual(['value-first']);
    expect(service.asked).toEqual(['DescribeSecret', 'GetSecretValue']);
  });

  it('has a second value from `begin` on, which is made once, of 256 random bits, and waits', async () => {
    await secret.begin('second');
    const made = service.versions.get('second');
    expect(made).toMatch(/^[0-9a-f]{64}$/);
    await secret.begin('second');
    expect(service.versions.get('second')).toBe(made);
    expect(service.asked.filter((operation) => operation === 'PutSecretValue')).toHaveLength(1);
    expect(service.labels.get('AWSCURRENT')).toBe('first');
    expect(await secret.values()).toEqual(['value-first', made]);
  });

  it('keeps the value before beside the new one from `finish` on, however often it is told', async () => {
    await secret.begin('second');
    await secret.finish('second');
    await secret.finish('second');
    expect(service.asked.filter((operation) => operation === 'UpdateSecretVersionStage')).toHaveLength(1);
    // The label of what waited stays where it was.
    expect(service.labels).toEqual(
      new Map([
        ['AWSCURRENT', 'second'],
        ['AWSPENDING', 'second'],
        ['AWSPREVIOUS', 'first'],
      ]),
    );
    expect(await secret.values()).toEqual([service.versions.get('second'), 'value-first']);
    await secret.begin('third');
    expect(await secret.values()).toEqual([service.versions.get('second'), service.versions.get('third')]);
  });

  it('fills a version that a scheduled rotation has begun, and reads past one that is empty', async () => {
    service.versions.set('second', undefined);
    service.labels.set('AWSPENDING', 'second');
    expect(await secret.values()).toEqual(['value-first']);
    await secret.begin('second');
    expect(await secret.values()).toHaveLength(2);
  });

  it('is no list of values when the service refuses: guards without one would take what nobody proves', async () => {
    service.refusesOnce = 'AccessDeniedException';
    await expect(secret.values()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    service.refusesOnce = 'DecryptionFailure';
    await expect(secret.begin('second')).rejects.toMatchObject({ name: 'DecryptionFailure' });
    expect(service.versions.size).toBe(1);
  });

  it('moves no label that somebody else has moved meanwhile', async () => {
    await secret.begin('second');
    service.refusesOnce = 'InvalidParameterException';
    await expect(secret.finish('second')).rejects.toThrow();
    expect(service.labels.get('AWSCURRENT')).toBe('first');
  });
});
