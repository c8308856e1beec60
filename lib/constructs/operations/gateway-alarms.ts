import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { IGovernedGateway } from '../i-governed-gateway';
import { RUNBOOK } from './runbook';

/** The gateway to watch, and who is told. */
export interface GatewayAlarmsProps {
  /** The gateway, of this app or of another one. */
  readonly gateway: IGovernedGateway;
  /**
   * What happens when an alarm goes off, for example `new SnsAction(topic)`.
   *
   * @default - the state of the alarm changes, and nobody is told
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}

const MINUTE = Duration.minutes(1);

/** Milliseconds at which an interceptor is about to be stopped; the bundled ones have 10 seconds. */
const NEARLY_TIMED_OUT = 9_000;

/**
 * Alarms on what a gateway decides and on the functions behind it, as far as they are known by now. The description of each says what to do.
 * There is none on the severity of log lines: a denial under LOG_ONLY is an error there, though the call went through.
 *
 * @example
 * new GatewayAlarms(this, 'Alarms', { gateway });
 */
export class GatewayAlarms extends Construct {
  /** A policy in force could not be evaluated. */
  readonly undecided: cloudwatch.Alarm;
  /** More calls are denied than usual. */
  readonly denials: cloudwatch.Alarm;
  /** The gateway answered with errors of its own or of its targets. */
  readonly gatewayErrors: cloudwatch.Alarm;
  /** Something changed what the gateway enforces. Needs an enforcement guard. */
  readonly enforcementChanged: cloudwatch.Alarm;
  /** An interceptor crashed. Undefined for a gateway without known interceptors. */
  readonly interceptorErrors?: cloudwatch.Alarm;
  /** An interceptor nearly timed out, or did. */
  readonly interceptorTimeouts?: cloudwatch.Alarm;
  /** An interceptor could not start for lack of concurrency. */
  readonly interceptorThrottles?: cloudwatch.Alarm;
  /** A function that runs tools crashed or timed out. Undefined for a gateway without known ones. */
  readonly targetErrors?: cloudwatch.Alarm;
  /** The custom resources of engine and policies failed. Undefined where their handlers are not known. */
  readonly policyHandlerErrors?: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, { gateway, actions = [] }: GatewayAlarmsProps) {
    super(scope, id);
    const sum = { period: MINUTE, statistic: 'Sum' };
    const { interceptors = [], tools = [], policyHandlers = [] } = gateway.functions;
    this.undecided = this.above('Undecided', gateway.metricUndecided(sum), RUNBOOK.undecided);
    this.gatewayErrors = this.above('GatewayErrors', gateway.metric('SystemErrors', sum), RUNBOOK.gatewayErrors);
    this.enforcementChanged = this.above(
      'EnforcementChanged',
      gateway.metricEnforcementChanged(sum),
      RUNBOOK.enforcementChanged,
    );
    this.denials = new cloudwatch.AnomalyDetectionAlarm(this, 'Denials', {
      metric: gateway.metricDenied({ period: Duration.minutes(5), statistic: 'Sum' }),
      stdDevs: 3,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: RUNBOOK.denials,
    });
    const errors = (fn: lambda.IFunction): cloudwatch.IMetric => fn.metricErrors(sum);
    const throttles = (fn: lambda.IFunction): cloudwatch.IMetric => fn.metricThrottles(sum);
    const duration = (fn: lambda.IFunction): cloudwatch.IMetric =>
      fn.metricDuration({ period: MINUTE, statistic: 'Maximum' });
    this.interceptorErrors = this.over('InterceptorErrors', interceptors, errors, 'SUM', RUNBOOK.interceptorErrors);
    this.interceptorThrottles = this.over(
      'InterceptorThrottles',
      interceptors,
      throttles,
      'SUM',
      RUNBOOK.interceptorThrottles,
    );
    this.interceptorTimeouts = this.over(
      'InterceptorTimeouts',
      interceptors,
      duration,
      'MAX',
      RUNBOOK.interceptorTimeouts,
      NEARLY_TIMED_OUT,
    );
    this.targetErrors = this.over('TargetErrors', tools, errors, 'SUM', RUNBOOK.targetErrors);
    this.policyHandlerErrors = this.over('PolicyHandlerErrors', policyHandlers, errors, 'SUM', RUNBOOK.policyHandlers);
    for (const alarm of this.all()) alarm.addAlarmAction(...actions);
  }

  /** Every alarm that there is. */
  all(): cloudwatch.Alarm[] {
    return this.node.children.filter((child) => child instanceof cloudwatch.Alarm);
  }

  /** An alarm on several functions at once; none for none. */
  private over(
    id: string,
    functions: readonly lambda.IFunction[],
    metric: (fn: lambda.IFunction) => cloudwatch.IMetric,
    combined: 'SUM' | 'MAX',
    description: string,
    threshold = 0,
  ): cloudwatch.Alarm | undefined {
    const [first, ...others] = functions;
    if (first === undefined) return undefined;
    const usingMetrics = Object.fromEntries(functions.map((fn, index) => [`m${index}`, metric(fn)]));
    const expression = `${combined}([${Object.keys(usingMetrics).join(', ')}])`;
    const sum = new cloudwatch.MathExpression({ expression, usingMetrics, period: MINUTE, label: id });
    return this.above(id, others.length === 0 ? metric(first) : sum, description, threshold);
  }

  /** An alarm on the first event. Without events there are no data, and nothing is wrong. */
  private above(id: string, metric: cloudwatch.IMetric, alarmDescription: string, threshold = 0): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, id, {
      metric,
      threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription,
    });
  }
}
