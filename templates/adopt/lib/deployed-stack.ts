import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { Construct } from 'constructs';

/** The gateway and its targets as they were deployed before. Only `cdk import` needs it. */
export class DeployedStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    new CfnInclude(this, 'Deployed', { templateFile: 'import/template.json' });
  }
}
