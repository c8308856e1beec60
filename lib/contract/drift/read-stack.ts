import { pages, type Send } from './read-deployed';
import type { StackState } from './stack';
import { textMember } from './text-member';

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
    listed.map((one) => [textMember(one, 'LogicalResourceId'), textMember(one, 'PhysicalResourceId')]),
  );
  if (resources[logicalId] === undefined) {
    for (const nested of listed.filter(({ ResourceType }) => ResourceType === NESTED)) {
      const inner = await readStackState(send, textMember(nested, 'PhysicalResourceId'), logicalId);
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
