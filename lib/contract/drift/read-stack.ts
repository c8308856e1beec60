import type { JsonObject } from '../json';
import { pages, type Send } from './read-deployed';
import type { StackState, Template } from './stack';

interface StackAnswer {
  readonly StackId?: string;
  readonly StackName?: string;
  readonly StackStatus?: string;
  readonly Parameters?: readonly { ParameterKey?: string; ParameterValue?: string; ResolvedValue?: string }[];
  readonly Outputs?: readonly { OutputKey?: string; OutputValue?: string }[];
}

const NESTED = 'AWS::CloudFormation::Stack';

/**
 * What CloudFormation knows of the stack that holds a resource: the named one, or one that is nested in it. Undefined when none does.
 * @param send to CloudFormation
 * @param stackName name or ARN
 */
export async function readStackState(
  send: Send,
  stackName: string,
  logicalId: string,
): Promise<StackState | undefined> {
  const { Stacks: [stack] = [] } = (await send('DescribeStacks', { StackName: stackName })) as {
    Stacks?: StackAnswer[];
  };
  if (stack === undefined) return undefined;
  const listed = await pages(send, 'ListStackResources', 'StackResourceSummaries', { StackName: stackName });
  const resources = Object.fromEntries(
    listed.map((one) => [text(one, 'LogicalResourceId'), text(one, 'PhysicalResourceId')]),
  );
  if (resources[logicalId] === undefined) {
    for (const nested of listed.filter(({ ResourceType }) => ResourceType === NESTED)) {
      const inner = await readStackState(send, text(nested, 'PhysicalResourceId'), logicalId);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  const { StackId = '', StackName = '', StackStatus = '', Parameters = [], Outputs = [] } = stack;
  return {
    stackId: StackId,
    stackName: StackName,
    status: StackStatus,
    resources,
    parameters: Object.fromEntries(
      Parameters.map(({ ParameterKey = '', ParameterValue = '', ResolvedValue }) => [
        ParameterKey,
        ResolvedValue ?? ParameterValue,
      ]),
    ),
    outputs: Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
  };
}

/** Template of a stack as CloudFormation deployed it. */
export async function readTemplate(send: Send, stackName: string): Promise<Template> {
  const answer = await send('GetTemplate', { StackName: stackName, TemplateStage: 'Processed' });
  return JSON.parse((answer as { TemplateBody?: string }).TemplateBody ?? '') as Template;
}

function text(value: JsonObject, member: string): string {
  const found = value[member];
  return typeof found === 'string' ? found : '';
}
