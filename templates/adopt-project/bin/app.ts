import { App } from 'aws-cdk-lib';
import { DeployedStack } from '../lib/deployed-stack.js';
import { GatewayStack } from '../lib/gateway-stack.js';

const app = new App();
const env = { account: '{{account}}', region: '{{region}}' };

// `cdk import --context import=true` takes the gateway into the stack as it is. What is deployed after that is the governed one.
if (app.node.tryGetContext('import') === undefined) new GatewayStack(app, '{{stack}}', { env });
else new DeployedStack(app, '{{stack}}', { env });
