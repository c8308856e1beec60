import { describe, expect, it } from 'vitest';
import { exampleFleet } from '../../../../lambda/tools/devops/example-fleet';
import { devopsTools } from '../../../../lambda/tools/devops/tools';
import { caller } from '../call-tool';

const NOW = Date.parse('2026-03-01T12:00:00Z');

function tools() {
  return caller(
    'devops',
    devopsTools(
      exampleFleet(() => NOW),
      () => NOW,
    ),
  ).call;
}

describe('the devops tools on the example fleet', () => {
  it('restart a service', async () => {
    expect(await tools()('restart_service', { environment: 'staging', service: 'checkout' })).toEqual({
      environment: 'staging',
      service: 'checkout',
      deployment_id: 'ecs-svc/0000000001',
    });
  });

  it('terminate an instance once', async () => {
    const call = tools();
    const args = { environment: 'dev', instance_id: 'i-0eee5555ffff6666a' };
    expect(await call('terminate_instance', args)).toMatchObject({ state: 'shutting-down' });
    expect((await call('terminate_instance', args)).error?.code).toBe('NOT_FOUND');
  });

  it('terminate no instance of another environment', async () => {
    const args = { environment: 'dev', instance_id: 'i-0aaa1111bbbb2222c' };
    expect((await tools()('terminate_instance', args)).error?.code).toBe('NOT_FOUND');
  });

  it('clean logs that are older than a month, or than was said', async () => {
    const call = tools();
    const log_group = '/apps/staging/checkout';
    expect(await call('clean_logs', { log_group, older_than_days: 60 })).toMatchObject({ deleted: 1 });
    expect(await call('clean_logs', { log_group })).toMatchObject({ deleted: 1 });
    expect(await call('clean_logs', { log_group })).toMatchObject({ deleted: 0 });
  });

  it('measure the last three hours in steps of five minutes', async () => {
    const { points, metric, environment } = await tools()('get_metrics', { service_name: 'checkout' });
    expect({ metric, environment }).toEqual({ metric: 'CPUUtilization', environment: 'production' });
    expect(points).toHaveLength(36);
    expect(points).toMatchObject([{ time: '2026-03-01T09:00:00.000Z', value: 20 }, ...Array<object>(35).fill({})]);
  });

  it.each([
    ['clean_logs', {}],
    ['get_metrics', {}],
  ])('ask for what %s cannot do without, where a gateway only logs', async (tool, args) => {
    expect((await tools()(tool, args)).error?.code).toBe('ARGUMENT_MISSING');
  });

  it.each([
    ['restart_service', { environment: 'staging', service: 'nothing' }],
    ['get_metrics', { service_name: 'nothing' }],
    ['clean_logs', { log_group: '/apps/staging/nothing' }],
  ])('%s tells what does not exist', async (tool, args) => {
    expect((await tools()(tool, args)).error?.code).toBe('NOT_FOUND');
  });

  it.each([
    ['restart_service', { environment: 'everywhere', service: 'checkout' }],
    ['restart_service', { environment: 'dev', service: 'a/b' }],
    ['terminate_instance', { environment: 'dev', instance_id: 'all' }],
    ['clean_logs', { log_group: '/aws/cloudtrail' }],
    ['clean_logs', { log_group: '/apps/dev/checkout', older_than_days: 0 }],
    ['get_metrics', { service_name: 'checkout', hours: 1_000 }],
  ])('%s refuses %j', async (tool, args) => {
    expect((await tools()(tool, args)).error?.code).toBe('INVALID_ARGUMENTS');
  });
});
