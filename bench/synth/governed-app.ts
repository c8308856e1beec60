import { App } from 'aws-cdk-lib';
import { ApplicationStage } from '../../bin/application-stage';
import { EnforcementMode } from '../../lib/index';

// The three applications in one environment, as bin/app.ts makes them, but for what watches them: nobody writes that by hand.
export const app = new App();
new ApplicationStage(app, 'prod', { mode: EnforcementMode.ENFORCE, observed: false });
