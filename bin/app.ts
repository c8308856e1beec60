import { App } from 'aws-cdk-lib';
import { EnforcementMode } from '../lib/index';
import { ApplicationStage } from './application-stage';
import { environmentOf } from './environments';

// Policies are watched in dev and staging, and decide in prod: `npx cdk synth 'prod/*'`.
const app = new App();
new ApplicationStage(app, 'dev', { mode: EnforcementMode.LOG_ONLY, env: environmentOf(app.node, 'dev') });
new ApplicationStage(app, 'staging', { mode: EnforcementMode.LOG_ONLY, env: environmentOf(app.node, 'staging') });
new ApplicationStage(app, 'prod', { mode: EnforcementMode.ENFORCE, env: environmentOf(app.node, 'prod') });
