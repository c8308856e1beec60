import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { toolHandler } from '../../tool-kit/index';
import { awsOperations } from './aws-operations';
import { exampleFleet } from './example-fleet';
import { devopsTools } from './tools';

// The emulator points AWS clients at an endpoint of its own, behind which there is no fleet. Lambda never sets this variable.
const local = process.env['AWS_ENDPOINT_URL'] !== undefined;

const operations = local
  ? exampleFleet(Date.now)
  : awsOperations({ ecs: new ECS(), ec2: new EC2(), logs: new CloudWatchLogs(), cloudWatch: new CloudWatch() });

export const handler = toolHandler(...devopsTools(operations, Date.now));
