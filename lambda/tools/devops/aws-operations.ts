import type { GetMetricDataCommandInput, GetMetricDataCommandOutput } from '@aws-sdk/client-cloudwatch';
import type {
  DeleteLogStreamCommandInput,
  DescribeLogStreamsCommandInput,
  DescribeLogStreamsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { TerminateInstancesCommandInput, TerminateInstancesCommandOutput } from '@aws-sdk/client-ec2';
import type { UpdateServiceCommandInput, UpdateServiceCommandOutput } from '@aws-sdk/client-ecs';
import { ToolError } from '../../tool-kit/index';
import type { Operations } from './operations';

/** As much of the clients of AWS as the operations use. */
export interface AwsApis {
  readonly ecs: { updateService(input: UpdateServiceCommandInput): Promise<UpdateServiceCommandOutput> };
  readonly ec2: { terminateInstances(input: TerminateInstancesCommandInput): Promise<TerminateInstancesCommandOutput> };
  readonly logs: {
    describeLogStreams(input: DescribeLogStreamsCommandInput): Promise<DescribeLogStreamsCommandOutput>;
    deleteLogStream(input: DeleteLogStreamCommandInput): Promise<unknown>;
  };
  readonly cloudWatch: { getMetricData(input: GetMetricDataCommandInput): Promise<GetMetricDataCommandOutput> };
}

/** Streams that one call deletes at most: what DescribeLogStreams gives in one page (CloudWatch Logs API reference). */
const STREAMS_PER_CALL = 50;

const METRIC_PERIOD_SECONDS = 300;

/** Answers of AWS that say no such thing exists, and what an agent is told. */
const NOT_FOUND = new Map([
  ['ClusterNotFoundException', 'there is no such environment'],
  ['ServiceNotFoundException', 'there is no such service in this environment'],
  ['ServiceNotActiveException', 'there is no such service in this environment'],
  ['InvalidInstanceID.NotFound', 'there is no such instance'],
  ['ResourceNotFoundException', 'there is no such log group'],
]);

/**
 * Operations on a fleet whose ECS clusters are named after their environments and whose instances carry the tag `Environment`. What
 * the policies say of environments, the role of the function says again: it holds no right on production.
 */
export function awsOperations({ ecs, ec2, logs, cloudWatch }: AwsApis): Operations {
  return {
    async restartService(environment, service) {
      const { service: updated } = await known(
        ecs.updateService({ cluster: environment, service, forceNewDeployment: true }),
      );
      return { deployment_id: updated?.deployments?.[0]?.id ?? '' };
    },

    // IAM compares the instance's own tag, so an environment that the caller only claims does not help.
    async terminateInstance(_environment, instanceId) {
      const { TerminatingInstances } = await known(ec2.terminateInstances({ InstanceIds: [instanceId] }));
      return { state: TerminatingInstances?.[0]?.CurrentState?.Name ?? 'unknown' };
    },

    async cleanLogs(logGroupName, before) {
      const { logStreams = [], nextToken } = await known(
        logs.describeLogStreams({ logGroupName, orderBy: 'LastEventTime', limit: STREAMS_PER_CALL }),
      );
      const old = logStreams.filter(
        ({ lastEventTimestamp, creationTime = Number.POSITIVE_INFINITY }) =>
          (lastEventTimestamp ?? creationTime) < before.getTime(),
      );
      for (const { logStreamName } of old) await logs.deleteLogStream({ logGroupName, logStreamName });
      return { deleted: old.length, more: nextToken !== undefined && old.length === logStreams.length };
    },

    async getMetrics(environment, service, metric, since) {
      const { MetricDataResults } = await cloudWatch.getMetricData({
        StartTime: since,
        EndTime: new Date(),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          {
            Id: 'load',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/ECS',
                MetricName: metric,
                Dimensions: [
                  { Name: 'ClusterName', Value: environment },
                  { Name: 'ServiceName', Value: service },
                ],
              },
              Period: METRIC_PERIOD_SECONDS,
              Stat: 'Average',
            },
          },
        ],
      });
      const { Timestamps = [], Values = [] } = MetricDataResults?.[0] ?? {};
      return Timestamps.map((time, index) => ({ time: time.toISOString(), value: Values[index] ?? 0 }));
    },
  };
}

async function known<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const reason = error instanceof Error ? NOT_FOUND.get(error.name) : undefined;
    throw reason === undefined ? error : new ToolError('NOT_FOUND', reason);
  }
}
