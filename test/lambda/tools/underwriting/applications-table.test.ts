import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Application, Applications } from '../../../../lambda/tools/underwriting/applications';
import { applicationsTable } from '../../../../lambda/tools/underwriting/applications-table';
import { startDynamo } from '../../../../lib/emulator/edge/dynamodb/dynamodb';
import type { RunningService } from '../../../../lib/emulator/edge/edge-service';

const application: Application = {
  application_id: 'APP-1',
  coverage_amount: 4_999_999.9999,
  region: 'EU',
  status: 'created',
};

describe('applicationsTable, against a server that speaks the DynamoDB API', () => {
  let dynamo: RunningService;
  let applications: Applications;

  beforeAll(async () => {
    dynamo = await startDynamo([{ logicalId: 'Applications', partitionKey: 'application_id', seed: [] }]);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    applications = applicationsTable(
      new DynamoDB({ endpoint: dynamo.url, region: 'us-east-1', credentials }),
      'Applications',
    );
  });
  afterAll(() => dynamo.stop());

  it('keeps an application exactly', async () => {
    await applications.create(application);
    expect(await applications.find('APP-1')).toEqual(application);
    expect(await applications.find('APP-2')).toBeUndefined();
  });

  it('creates none twice', async () => {
    await expect(applications.create({ ...application, region: 'US' })).rejects.toThrow('conditional');
    expect(await applications.find('APP-1')).toEqual(application);
  });

  it('replaces an application while its status is the expected one', async () => {
    const assessed: Application = { ...application, status: 'assessed', risk_score: 60, risk_band: 'medium' };
    expect(await applications.replace(assessed, 'created')).toBe(true);
    expect(await applications.replace({ ...assessed, risk_score: 1 }, 'created')).toBe(false);
    expect(await applications.find('APP-1')).toEqual(assessed);
  });

  it('replaces none that does not exist', async () => {
    expect(await applications.replace({ ...application, application_id: 'APP-3' }, 'created')).toBe(false);
    expect(await applications.find('APP-3')).toBeUndefined();
  });
});
