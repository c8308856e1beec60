import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AUTHORIZE_ACTION } from '../contract/decision-metrics';
import { OPERATIONS_DIMENSIONS, OPERATIONS_METRICS } from '../contract/operations-metrics';
import type {
  DecisionMetricOptions,
  DenialMetricOptions,
  GatewayFunctions,
  IGovernedGateway,
  InvocationMetricOptions,
} from './i-governed-gateway';
import { gatewayMetric } from './metrics/gateway-metric';
import { EnforcementMode } from './policies/enforcement-mode';

/** What every governed gateway offers, created here or imported. */
export abstract class GovernedGatewayBase extends Construct implements IGovernedGateway {
  abstract readonly gatewayId: string;
  abstract readonly gatewayArn: string;
  abstract readonly gatewayUrl: string;
  abstract readonly gatewayName: string;
  abstract readonly policyEngineId: string;
  abstract readonly policyEngineArn: string;
  abstract readonly role?: iam.IRole;
  abstract get logGroups(): logs.ILogGroup[];
  abstract get functions(): GatewayFunctions;
  abstract get denialLogGroup(): logs.ILogGroup | undefined;

  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    const actions = ['bedrock-agentcore:InvokeGateway'];
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.gatewayArn] });
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return gatewayMetric(this, metricName, options).attachTo(this);
  }

  metricAllowed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('AllowDecisions', options);
  }

  metricDenied(options?: DecisionMetricOptions): cloudwatch.Metric {
    return this.metricOfDenials(EnforcementMode.ENFORCE, options);
  }

  metricDenials(options: DenialMetricOptions = {}): cloudwatch.Metric {
    const { tool, ...rest } = options;
    return this.metricOf(
      OPERATIONS_METRICS.denials,
      tool === undefined ? {} : { [OPERATIONS_DIMENSIONS.tool]: tool },
      rest,
    );
  }

  metricWouldBeDenied(options?: DecisionMetricOptions): cloudwatch.Metric {
    return this.metricOfDenials(EnforcementMode.LOG_ONLY, options);
  }

  metricUndecided(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MismatchErrors', options);
  }

  metricUnmatched(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('NoDeterminingPolicies', options);
  }

  metricPolicyLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOf('Latency', { OperationName: AUTHORIZE_ACTION }, options);
  }

  metricInvocations(options: InvocationMetricOptions = {}): cloudwatch.Metric {
    const { tool, ...rest } = options;
    return this.metricOf('Invocations', tool === undefined ? {} : { Method: 'tools/call', Name: tool }, rest);
  }

  metricEnforcementChanged(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(OPERATIONS_METRICS.enforcementChanged, options);
  }

  private metricOfDenials(Mode: EnforcementMode, { policy, ...rest }: DecisionMetricOptions = {}): cloudwatch.Metric {
    return this.metricOf('DenyDecisions', { Mode, ...(policy !== undefined && { Policy: policy }) }, rest);
  }

  private metricOf(
    metricName: string,
    dimensions: { readonly [name: string]: string },
    options: cloudwatch.MetricOptions = {},
  ): cloudwatch.Metric {
    return this.metric(metricName, { ...options, dimensionsMap: { ...dimensions, ...options.dimensionsMap } });
  }
}
