import { Stage, type StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnforcementMode } from '../lib/index';
import { DevopsStack } from './devops-stack';
import { LakehouseStack } from './lakehouse-stack';
import { UnderwritingStack } from './underwriting-stack';

export interface ApplicationStageProps extends StageProps {
  readonly mode: EnforcementMode;
  /**
   * Whether tests may sign users in with a password.
   *
   * @default false
   */
  readonly testSignIn?: boolean;
  /**
   * Whether log, traces, alarms and dashboard are made.
   *
   * @default true
   */
  readonly observed?: boolean;
}

/** The three applications in one environment, which is named by the stage's id. */
export class ApplicationStage extends Stage {
  constructor(
    scope: Construct,
    id: string,
    { mode, testSignIn = false, observed = true, ...props }: ApplicationStageProps,
  ) {
    super(scope, id, props);
    new LakehouseStack(this, 'Lakehouse', { environment: id, mode, testSignIn, observed });
    new UnderwritingStack(this, 'Underwriting', { mode, testSignIn, observed });
    new DevopsStack(this, 'Devops', { mode, testSignIn, observed });
  }
}
