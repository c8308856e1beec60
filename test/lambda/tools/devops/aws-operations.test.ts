import { describe, expect, it } from 'vitest';
import { type AwsApis, awsOperations } from '../../../../lambda/tools/devops/aws-operations';

const META = { $metadata: {} };
const DAY = 24 * 3_600_000;
const NOW = new Date('2026-03-01T12:00:00Z');

function aws() {
  const asked: { readonly operation: string; readonly input: unknown }[] = [];
  const answer =
    <T>(operation: string, result: T) =>
    async (input: unknown): Promise<T> => {
      asked.push({ operation, input });
      return result;
    };
  const apis: AwsApis = {
    ecs: { updateService: answer('updateService', { ...META, service: { deployments: [{ id: 'ecs-svc/1' }] } }) },
    ec2: {
      terminateInstances: answer('terminateInstances', {
        ...META,
        TerminatingInstances: [{ CurrentState: { Name: 'shutting-down' as const } }],
      }),
    },
    logs: {
      describeLogStreams: answer('describeLogStreams', {
        ...META,
        logStreams: [
          { logStreamName: 'old', lastEventTimestamp: NOW.getTime() - 40 * DAY },
          { logStreamName: 'empty', creationTime: NOW.getTime() - 50 * DAY },
          { logStreamName: 'young', lastEventTimestamp: NOW.getTime() - DAY },
        ],
      }),
      deleteLogStream: answer('deleteLogStream', META),
    },
    cloudWatch: {
      getMetricData: answer('getMetricData', {
        ...META,
        MetricDataResults: [{ Timestamps: [NOW], Values: [12.5] }],
      }),
    },
  };
  return { apis, asked };
}

describe('awsOperations', () => {
  it('restarts by a new deployment in the cluster that is named after the environment', async () => {
    const { apis, asked } = aws();
    expect(await awsOperations(apis).restartService('staging', 'checkout')).toEqual({ deployment_id: 'ecs-svc/1' });
    expect(asked).toEqual([
      { operation: 'updateService', input: { cluster: 'staging', service: 'checkout', forceNewDeployment: true } },
    ]);
  });

  it('terminates the one instance', async () => {
    const { apis, asked } = aws();
    expect(await awsOperations(apis).terminateInstance('dev', 'i-1')).toEqual({ state: 'shutting-down' });
    expect(asked).toEqual([{ operation: 'terminateInstances', input: { InstanceIds: ['i-1'] } }]);
  });

  it('deletes streams without a recent event, and no other', async () => {
    const { apis, asked } = aws();
    const before = new Date(NOW.getTime() - 30 * DAY);
    expect(await awsOperations(apis).cleanLogs('/apps/dev/checkout', before)).toEqual({ deleted: 2, more: false });
    const deleted = asked.filter(({ operation }) => operation === 'deleteLogStream').map(({ input }) => input);
    expect(deleted).toEqual([
      { logGroupName: '/apps/dev/checkout', logStreamName: 'old' },
      { logGroupName: '/apps/dev/checkout', logStreamName: 'empty' },
    ]);
  });

  it('reads a metric of the service in its cluster', async () => {
    const { apis, asked } = aws();
    const points = await awsOperations(apis).getMetrics('production', 'checkout', 'CPUUtilization', NOW);
    expect(points).toEqual([{ time: NOW.toISOString(), value: 12.5 }]);
    expect(asked).toMatchObject([
      {
        input: {
          StartTime: NOW,
          MetricDataQueries: [
            {
              MetricStat: {
                Metric: {
                  Namespace: 'AWS/ECS',
                  MetricName: 'CPUUtilization',
                  Dimensions: [
                    { Name: 'ClusterName', Value: 'production' },
                    { Name: 'ServiceName', Value: 'checkout' },
                  ],
                },
              },
            },
          ],
        },
      },
    ]);
  });

  it('tells what does not exist, and keeps other errors to itself', async () => {
    const failing = (name: string): AwsApis => ({
      ...aws().apis,
      ecs: {
        updateService: async () => {
          throw Object.assign(new Error('no'), { name });
        },
      },
    });
    const restart = (name: string) => awsOperations(failing(name)).restartService('dev', 'x');
    await expect(restart('ServiceNotFoundException')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(restart('AccessDeniedException')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
