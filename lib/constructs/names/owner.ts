import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { deployedStackName } from './deployed-stack-name';

/** Characters of an owner. */
const MAX_LENGTH = 256;

/**
 * Name under which a construct marks what it makes on a service that has no other place for it: the deployed stack and the path in it. The
 * same for every incarnation of a stack, nested ones included, and different for any two constructs of an account and Region.
 */
export function ownerOf(scope: Construct): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent !== undefined) stack = stack.nestedStackParent;
  const path = scope.node.path.slice(stack.node.path.length + 1);
  // A mark ends at a blank or a bracket.
  const owner = `${deployedStackName(scope)}/${path}`.replace(/[\s[\]]/g, '_');
  if (owner.length <= MAX_LENGTH) return owner;
  return `${owner.slice(0, MAX_LENGTH - 17)}_${createHash('sha256').update(owner).digest('hex').slice(0, 16)}`;
}
