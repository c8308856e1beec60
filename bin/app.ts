import { App } from 'aws-cdk-lib';
import { EnforcementMode } from '../lib/index';
import { ApplicationStage } from './application-stage';
import { environmentOf } from './environments';

const { LOG_ONLY, ENFORCE } = EnforcementMode;

// Policies are watched in dev and staging, and decide in prod: `npx cdk synth 'prod/*'`.
const MODES = { dev: LOG_ONLY, staging: LOG_ONLY, prod: ENFORCE };

const app = new App();
const testSignIn = app.node.tryGetContext('testSignIn') === 'true';
for (const [name, mode] of Object.entries(MODES)) {
  new ApplicationStage(app, name, { mode, testSignIn, env: environmentOf(app.node, name) });
}
