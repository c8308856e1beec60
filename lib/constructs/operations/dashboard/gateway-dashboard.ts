import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { IGovernedGateway } from '../../i-governed-gateway';
import { decisionWidgets } from './decision-widgets';
import { denialQueries } from './denial-queries';
import { functionWidgets } from './function-widgets';

/** Which gateway is charted, and what its header says. */
export interface GatewayDashboardProps {
  /** The gateway, of this app or of another one. */
  readonly gateway: IGovernedGateway;
  /**
   * Mode of the policy engine, for the header.
   *
   * @default - not said
   */
  readonly mode?: string;
  /**
   * Commit that is deployed, for the header.
   *
   * @default - what a CI server says: GITHUB_SHA, CODEBUILD_RESOLVED_SOURCE_VERSION, CI_COMMIT_SHA or BUILD_SOURCEVERSION; else not said
   */
  readonly commit?: string;
  /**
   * Log group of the application log, whose decisions are listed.
   *
   * @default - not listed
   */
  readonly applicationLogGroup?: logs.ILogGroup;
}

const COMMIT_VARIABLES = ['GITHUB_SHA', 'CODEBUILD_RESOLVED_SOURCE_VERSION', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION'];

/**
 * A dashboard of what a gateway decides: outcomes over time, denials by tool and by policy, latencies, errors, and the last denials with caller,
 * tool and reason.
 *
 * @example
 * new GatewayDashboard(this, 'Dashboard', { gateway, mode: 'ENFORCE' });
 */
export class GatewayDashboard extends Construct {
  /** The underlying dashboard of aws-cdk-lib. */
  readonly dashboard: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, props: GatewayDashboardProps) {
    super(scope, id);
    const { gateway, applicationLogGroup } = props;
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      widgets: [
        [new cloudwatch.TextWidget({ markdown: header(props), width: 24, height: 2 })],
        ...decisionWidgets(gateway),
        ...functionWidgets(gateway),
        ...denialQueries(gateway.denialLogGroup, applicationLogGroup),
      ],
    });
  }
}

function header({ gateway, mode, commit }: GatewayDashboardProps): string {
  const deployed =
    commit ?? COMMIT_VARIABLES.map((name) => process.env[name]).find((sha) => sha !== undefined && sha !== '');
  const facts = [
    mode === undefined ? undefined : `mode **${mode}**`,
    deployed === undefined ? undefined : `commit **${deployed.slice(0, 12)}**`,
  ];
  const known = facts.filter((fact) => fact !== undefined);
  return `# ${gateway.gatewayName}\n${[...known, `gateway \`${gateway.gatewayId}\``].join(' · ')}`;
}
