import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';

/** What a metric of invocations counts. */
export interface InvocationMetricOptions extends cloudwatch.MetricOptions {
  /**
   * Full name of a tool (`target___tool`), whose calls alone are counted, as clients wrote it.
   *
   * @default - requests of every kind
   */
  readonly tool?: string;
}

/** What a metric of decisions is about. */
export interface DecisionMetricOptions extends cloudwatch.MetricOptions {
  /**
   * Id of a policy on the service, whose denials alone are counted: `gateway.policyId('lakehouse/login-audit')`.
   *
   * @default - denials of all policies
   */
  readonly policy?: string;
}

/** What a metric of the library's own count of denials is about. */
export interface DenialMetricOptions extends cloudwatch.MetricOptions {
  /**
   * Full name of a tool (`target___tool`) that was known at synth, or `other` for whatever else was denied.
   *
   * @default - denials of all kinds
   */
  readonly tool?: string;
}

/** The Lambda functions behind a gateway, by what they do. */
export interface GatewayFunctions {
  /**
   * REQUEST and RESPONSE interceptor.
   *
   * @default - none that are known
   */
  readonly interceptors?: lambda.IFunction[];
  /**
   * Functions that run tools.
   *
   * @default - none that are known
   */
  readonly tools?: lambda.IFunction[];
  /**
   * Handlers of the custom resources that make the policy engine and its policies.
   *
   * @default - none that are known
   */
  readonly policyHandlers?: lambda.IFunction[];
}

/**
 * A governed gateway of this app or of another one. Dashboards, alarms, limits and grants are written about it.
 *
 * Metrics are sums over five minutes unless options or docstrings say otherwise.
 */
export interface IGovernedGateway extends IConstruct {
  readonly gatewayId: string;
  readonly gatewayArn: string;
  /** Name of the gateway, by which the library's own metrics know it. */
  readonly gatewayName: string;
  /** Where MCP clients connect. */
  readonly gatewayUrl: string;
  readonly policyEngineId: string;
  readonly policyEngineArn: string;
  /**
   * The gateway's execution role.
   *
   * @default - not known
   */
  readonly role?: iam.IRole;
  /** Log groups of the functions behind the gateway, as far as they are known. */
  readonly logGroups: logs.ILogGroup[];
  /** The functions behind the gateway, as far as they are known. */
  readonly functions: GatewayFunctions;
  /**
   * Log group in which the RESPONSE interceptor writes each denial.
   *
   * @default - not known, or the gateway has no `observability`
   */
  readonly denialLogGroup?: logs.ILogGroup;

  /** Lets an IAM principal invoke the gateway. Callers of a JWT gateway need a token instead. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;

  /**
   * A metric of the gateway by name, for example `Throttles`. `dimensionsMap` adds dimensions to those of the gateway as a whole.
   *
   * Throws a GovernanceError where the service publishes no series with these dimensions.
   */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Calls that the policies allow, in either mode. */
  metricAllowed(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Calls that were denied, under ENFORCE, by all policies or by one. */
  metricDenied(options?: DecisionMetricOptions): cloudwatch.Metric;
  /**
   * Denied messages as clients saw them, by policies and interceptors, of the gateway or of one tool. Counted by the RESPONSE interceptor of a
   * gateway with `observability`.
   */
  metricDenials(options?: DenialMetricOptions): cloudwatch.Metric;
  /** Calls that went through under LOG_ONLY, and would be denied under ENFORCE, by all policies or by one. */
  metricWouldBeDenied(options?: DecisionMetricOptions): cloudwatch.Metric;
  /** Calls that failed because a policy in force could not be evaluated. */
  metricUndecided(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Calls that no policy applies to, so that they are denied under ENFORCE. */
  metricUnmatched(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Milliseconds that a decision takes, 90th percentile. */
  metricPolicyLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Requests that reached the gateway, or calls of one tool. */
  metricInvocations(options?: InvocationMetricOptions): cloudwatch.Metric;
  /** Changes of what the gateway enforces that no deployment made. Counted where the gateway has an enforcement guard. */
  metricEnforcementChanged(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}
