import { describe, expect, it } from 'vitest';
import { type Application, applicationsInMemory } from '../../../../lambda/tools/underwriting/applications';
import { underwritingTools } from '../../../../lambda/tools/underwriting/tools';
import { caller } from '../call-tool';

const small: Application = { application_id: 'APP-small', coverage_amount: 10_000, region: 'CA', status: 'created' };
const huge: Application = { application_id: 'APP-huge', coverage_amount: 4_900_000, region: 'APAC', status: 'created' };

function tools() {
  let created = 0;
  const applications = applicationsInMemory([small, huge]);
  return {
    ...caller(
      'underwriting',
      underwritingTools(applications, () => `APP-${++created}`),
    ),
    applications,
  };
}

describe('the underwriting tools', () => {
  it('take an application from its creation to its approval', async () => {
    const { call, applications } = tools();
    const created = await call('create_application', { coverage_amount: 250_000, region: 'US' });
    expect(created).toEqual({ application_id: 'APP-1', coverage_amount: 250_000, region: 'US', status: 'created' });
    const assessed = await call('invoke_risk_model', { application_id: 'APP-1' });
    expect(assessed).toMatchObject({ status: 'assessed', risk_score: 59, risk_band: 'medium' });
    const approved = await call('approve_application', { application_id: 'APP-1' });
    expect(approved).toEqual({ ...assessed, status: 'approved' });
    expect(await applications.find('APP-1')).toEqual(approved);
  });

  it('see more risk in more coverage and in regions with more losses', async () => {
    const { call } = tools();
    expect(await call('invoke_risk_model', { application_id: 'APP-small' })).toMatchObject({ risk_band: 'low' });
    expect(await call('invoke_risk_model', { application_id: 'APP-huge' })).toMatchObject({ risk_band: 'high' });
  });

  it('assess again until the approval, and not after it', async () => {
    const { call } = tools();
    await call('invoke_risk_model', { application_id: 'APP-small' });
    expect(await call('invoke_risk_model', { application_id: 'APP-small' })).toMatchObject({ status: 'assessed' });
    await call('approve_application', { application_id: 'APP-small' });
    expect((await call('invoke_risk_model', { application_id: 'APP-small' })).error?.code).toBe('ALREADY_APPROVED');
  });

  it('approve nothing whose risk nobody knows', async () => {
    const { call } = tools();
    expect((await call('approve_application', { application_id: 'APP-small' })).error?.code).toBe('NOT_ASSESSED');
  });

  it.each(['invoke_risk_model', 'approve_application'])('%s tells an unknown application', async (tool) => {
    const { call } = tools();
    expect((await call(tool, { application_id: 'APP-nobody' })).error?.code).toBe('APPLICATION_NOT_FOUND');
  });

  it('tell when somebody else was faster', async () => {
    const { applications } = tools();
    const slow = { ...applications, replace: async () => false };
    const { call } = caller(
      'underwriting',
      underwritingTools(slow, () => 'APP-1'),
    );
    expect((await call('invoke_risk_model', { application_id: 'APP-small' })).error?.code).toBe('APPLICATION_CHANGED');
  });

  it.each([
    { coverage_amount: 0, region: 'US' },
    { coverage_amount: -5, region: 'US' },
    { coverage_amount: 5, region: '' },
    { coverage_amount: '5', region: 'US' },
    { region: 'US' },
  ])('refuse an application for %j', async (args) => {
    const { call } = tools();
    expect((await call('create_application', args)).error?.code).toBe('INVALID_ARGUMENTS');
  });
});
