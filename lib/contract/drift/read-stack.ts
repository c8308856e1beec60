import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { pages, type Send } from './read-deployed';
import type { StackState, Template } from './stack';
import { textMember } from './text-member';

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
    Stacks?: JsonObject[];
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
  const values = (list: string, key: string, ...members: readonly string[]): { readonly [key: string]: string } =>
    Object.fromEntries(
      objectsIn(stack[list]).map((item) => {
        const value = members.map((member) => textMember(item, member)).find((text) => text !== '');
        return [textMember(item, key), value ?? ''];
      }),
    );
  return {
    stackId: textMember(stack, 'StackId'),
    stackName: textMember(stack, 'StackName'),
    status: textMember(stack, 'StackStatus'),
    resources,
    parameters: values('Parameters', 'ParameterKey', 'ResolvedValue', 'ParameterValue'),
    outputs: values('Outputs', 'OutputKey', 'OutputValue'),
  };
}

/** Template of a stack as CloudFormation deployed it. */
export async function readTemplate(send: Send, stackName: string): Promise<Template> {
  const answer = await send('GetTemplate', { StackName: stackName, TemplateStage: 'Processed' });
  return JSON.parse((answer as { TemplateBody?: string }).TemplateBody ?? '') as Template;
}

function objectsIn(list: JsonValue | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
