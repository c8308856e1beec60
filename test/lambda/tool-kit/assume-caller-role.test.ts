import { describe, expect, it } from 'vitest';
import { type AssumeRoleRequest, assumeCallerRole } from '../../../lambda/tool-kit';

function sts(lifeMs: number) {
  const requests: AssumeRoleRequest[] = [];
  const assumeRole = async (request: AssumeRoleRequest) => {
    requests.push(request);
    const Expiration = new Date(Date.now() + lifeMs);
    return {
      Credentials: { AccessKeyId: `key-${requests.length}`, SecretAccessKey: 's', SessionToken: 't', Expiration },
    };
  };
  return { requests, assumeRole };
}

describe('assumeCallerRole', () => {
  it('assumes the role with session tags and a name that STS takes', async () => {
    const { requests, assumeRole } = sts(900_000);
    const credentials = await assumeCallerRole({
      roleArn: 'arn:aws:iam::111122223333:role/adjuster',
      tags: { geography: 'EU' },
      sessionName: 'anna müller/42',
      assumeRole,
    });
    expect(credentials).toMatchObject({ accessKeyId: 'key-1', secretAccessKey: 's', sessionToken: 't' });
    expect(requests).toEqual([
      {
        RoleArn: 'arn:aws:iam::111122223333:role/adjuster',
        RoleSessionName: 'anna-m-ller-42',
        DurationSeconds: 900,
        Tags: [{ Key: 'geography', Value: 'EU' }],
      },
    ]);
  });

  it('remembers credentials of the same caller only', async () => {
    const { requests, assumeRole } = sts(900_000);
    const as = (geography: string) => assumeCallerRole({ roleArn: 'arn:remembered', tags: { geography }, assumeRole });
    expect((await as('EU')).accessKeyId).toBe('key-1');
    expect((await as('EU')).accessKeyId).toBe('key-1');
    expect((await as('US')).accessKeyId).toBe('key-2');
    expect(requests).toHaveLength(2);
  });

  it('renews credentials that expire soon', async () => {
    const { requests, assumeRole } = sts(60_000);
    await assumeCallerRole({ roleArn: 'arn:short', assumeRole });
    await assumeCallerRole({ roleArn: 'arn:short', assumeRole });
    expect(requests).toHaveLength(2);
  });

  it('fails when STS gives no credentials', async () => {
    const refused = assumeCallerRole({ roleArn: 'arn:none', assumeRole: async () => ({}) });
    await expect(refused).rejects.toThrow('without credentials');
  });
});
