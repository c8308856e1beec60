import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Name of the stack that somebody deploys: for a nested stack, whose own name CloudFormation makes up, that of the outermost one around it. */
export function deployedStackName(scope: Construct): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent !== undefined) stack = stack.nestedStackParent;
  return stack.stackName;
}
