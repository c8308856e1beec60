import {
  BedrockAgentCoreControlClient,
  GetGatewayCommand,
  GetGatewayTargetCommand,
  ListGatewayRateLimitsCommand,
  ListGatewayTargetsCommand,
  ListPoliciesCommand,
  UpdateGatewayCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import type { Send } from '../../lib/contract/drift/read-deployed';
import type { EnforcementGuardEnvironment } from '../../lib/contract/enforcement-guard-environment';
import { publication } from '../block-notices/message';
import type { GuardEdges } from './edges';
import { guard } from './guard';
import { toldInLog } from './told';
import type { Verdict } from './verdict';

type CommandClass = new (input: never) => object;
type Commands = { readonly [operation: string]: CommandClass };

const COMMANDS: Commands = {
  GetGateway: GetGatewayCommand,
  GetGatewayTarget: GetGatewayTargetCommand,
  ListGatewayRateLimits: ListGatewayRateLimitsCommand,
  ListGatewayTargets: ListGatewayTargetsCommand,
  ListPolicies: ListPoliciesCommand,
  UpdateGateway: UpdateGatewayCommand,
};

/** A call without an answer is tried again: by itself, the SDK only warns of the time that one takes. */
const PATIENCE = {
  maxAttempts: 6,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

function sender(client: object, commands: Commands): Send {
  return (operation, input) => {
    const Command = commands[operation];
    if (Command === undefined) throw new TypeError(`no operation ${operation}`);
    return (client as { send(command: object): Promise<object> }).send(new Command(input as never));
  };
}

/** Clients that are old enough for the version that the runtime carries, which `require` finds and `import` may not. */
function runtimeClients() {
  const stacks = require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
  const objects = require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
  const topics = require('@aws-sdk/client-sns') as typeof import('@aws-sdk/client-sns');
  const logs = require('@aws-sdk/client-cloudwatch-logs') as typeof import('@aws-sdk/client-cloudwatch-logs');
  return { stacks, objects, topics, logs };
}

function edgesOf(environment: EnforcementGuardEnvironment): GuardEdges {
  const { stacks, objects, topics, logs } = runtimeClients();
  const { DescribeStacksCommand, GetTemplateCommand, ListStackResourcesCommand } = stacks;
  const stackCommands: Commands = {
    DescribeStacks: DescribeStacksCommand,
    GetTemplate: GetTemplateCommand,
    ListStackResources: ListStackResourcesCommand,
  };
  const s3 = new objects.S3Client(PATIENCE);
  const sns = new topics.SNSClient(PATIENCE);
  const own = new logs.CloudWatchLogsClient(PATIENCE);
  const topicArns = environment.TOPIC_ARNS.split(',').filter((topic) => topic !== '');
  const write = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  return {
    controlPlane: sender(new BedrockAgentCoreControlClient(PATIENCE), COMMANDS),
    cloudFormation: sender(new stacks.CloudFormationClient(PATIENCE), stackCommands),
    readObject: async (Bucket, Key) => {
      const { Body } = await s3.send(new objects.GetObjectCommand({ Bucket, Key }));
      if (Body === undefined) throw new Error(`\`s3://${Bucket}/${Key}\` is empty`);
      return Body.transformToString();
    },
    tell: async (message) => {
      for (const topic of topicArns) await sns.send(new topics.PublishCommand(publication(topic, message)));
    },
    wasTold: (fingerprint, since) =>
      toldInLog((input) => own.send(new logs.FilterLogEventsCommand(input)), fingerprint, since, write),
    write,
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    watched: {
      stackId: environment.STACK_ID,
      gatewayLogicalId: environment.GATEWAY_LOGICAL_ID,
      setLogicalId: environment.SET_LOGICAL_ID,
      gatewayName: environment.GATEWAY_NAME,
      policyEngineId: environment.POLICY_ENGINE_ID,
      documentBucket: environment.DOCUMENT_BUCKET,
      repairs: environment.REPAIR === 'true',
    },
  };
}

let edges: GuardEdges | undefined;

/** Started by events of the control plane and of CloudFormation, and by a schedule. What the event says does not matter: it looks itself. */
export function handler(): Promise<Verdict> {
  edges ??= edgesOf(process.env as unknown as EnforcementGuardEnvironment);
  return guard(edges);
}
