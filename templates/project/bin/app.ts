import { App } from 'aws-cdk-lib';
import { GatewayStack } from '../lib/gateway-stack.js';

new GatewayStack(new App(), '{{stack}}');
