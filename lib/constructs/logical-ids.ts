import { App, CfnElement, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { BoundIdentity } from './identity/bound-identity';
import { gatewayResourceId } from './resolve-props';

/** What the logical id of a gateway follows from, beside its path: what the service fixes when it is created. */
export interface FixedAtCreation {
  readonly authorization: BoundIdentity['authorization'];
  readonly semanticSearch: boolean;
}

/** Logical ids of what a construct will make. */
export interface LogicalIds {
  readonly gateway: string;
  readonly target: (name: string) => string;
}

/** The logical ids of a governed gateway and its targets, which follow from their paths. @param id of the construct in its stack */
export function logicalIds(id: string, { authorization, semanticSearch }: FixedAtCreation): LogicalIds {
  const stack = new Stack(new App(), 'Ids');
  const gateway = new Construct(stack, id);
  const idBelow = (scope: Construct, l2: string): string =>
    stack.resolve(new Element(new Construct(scope, l2), 'Resource').logicalId) as string;
  return {
    gateway: idBelow(gateway, gatewayResourceId({ _authorization: authorization }, semanticSearch)),
    target: (name) => idBelow(new Construct(gateway, `Target-${name}`), 'Resource'),
  };
}

class Element extends CfnElement {
  _toCloudFormation(): object {
    return {};
  }
}
