import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { gatewayNameOf } from '../contract/service-id';
import { GovernanceError } from '../diagnostics/governance-error';
import { GovernedGatewayBase } from './governed-gateway-base';
import type { GatewayFunctions } from './i-governed-gateway';

/** What another app knows of a governed gateway: the outputs of its stack. */
export interface GovernedGatewayAttributes {
  /** Id of the gateway, output `GatewayId`. */
  readonly gatewayId: string;
  /** Id of its policy engine, output `PolicyEngineId`. */
  readonly policyEngineId: string;
  /**
   * Name of the gateway.
   *
   * @default - the id without its ending, which is the name in lower case
   */
  readonly gatewayName?: string;
  /**
   * Account of the gateway.
   *
   * @default - that of the stack
   */
  readonly account?: string;
  /**
   * Region of the gateway.
   *
   * @default - that of the stack
   */
  readonly region?: string;
  /**
   * The gateway's execution role.
   *
   * @default - not known
   */
  readonly role?: iam.IRole;
  /**
   * Log groups of the functions behind the gateway.
   *
   * @default - none that are known
   */
  readonly logGroups?: logs.ILogGroup[];
  /**
   * Functions behind the gateway.
   *
   * @default - none that are known
   */
  readonly functions?: GatewayFunctions;
  /**
   * Log group of the RESPONSE interceptor, if the gateway has `observability`.
   *
   * @default - not known
   */
  readonly denialLogGroup?: logs.ILogGroup;
}

/** A governed gateway that another app made. Nothing of it can be changed from here. */
export class ImportedGateway extends GovernedGatewayBase {
  readonly gatewayId: string;
  readonly gatewayArn: string;
  readonly gatewayUrl: string;
  readonly policyEngineId: string;
  readonly policyEngineArn: string;
  readonly role?: iam.IRole;
  readonly logGroups: logs.ILogGroup[];
  readonly functions: GatewayFunctions;
  readonly denialLogGroup: logs.ILogGroup | undefined;

  private readonly givenName: string | undefined;
  private readonly environment: Pick<cloudwatch.MetricOptions, 'account' | 'region'>;

  constructor(scope: Construct, id: string, attributes: GovernedGatewayAttributes) {
    super(scope, id);
    const stack = Stack.of(this);
    const { gatewayId, policyEngineId, account, region = stack.region } = attributes;
    const arn = (resource: string, resourceName: string): string => {
      const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
      return stack.formatArn({ service: 'bedrock-agentcore', resource, resourceName, account, region, arnFormat });
    };
    this.gatewayId = gatewayId;
    this.givenName = attributes.gatewayName;
    this.gatewayArn = arn('gateway', gatewayId);
    // Source: AgentCore developer guide, page gateway-using.
    this.gatewayUrl = `https://${gatewayId}.gateway.bedrock-agentcore.${region}.amazonaws.com/mcp`;
    this.policyEngineId = policyEngineId;
    this.policyEngineArn = arn('policy-engine', policyEngineId);
    this.environment = { account, region: attributes.region };
    this.role = attributes.role;
    this.logGroups = attributes.logGroups ?? [];
    this.functions = attributes.functions ?? {};
    this.denialLogGroup = attributes.denialLogGroup;
  }

  /** Throws a GovernanceError when nobody gave it and the id is only known at deployment, so that it cannot be taken apart. */
  get gatewayName(): string {
    if (this.givenName !== undefined) return this.givenName;
    if (Token.isUnresolved(this.gatewayId)) throw GovernanceError.of('GATEWAY_NAME_UNKNOWN', { path: this.node.path });
    return gatewayNameOf(this.gatewayId);
  }

  override metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return super.metric(metricName, { ...this.environment, ...options });
  }
}
