import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { reportAtSynth } from '../../findings/synth-findings';
import { inform } from '../../findings/warn';
import type { IGovernedGateway } from '../../i-governed-gateway';
import { LogDelivery } from './log-delivery';
import { LogDestination } from './log-destination';

/** Which gateway is logged, and where. */
export interface GatewayLogsProps {
  /** The gateway, of this app or of another one. */
  readonly gateway: IGovernedGateway;
  /** @default LogDestination.cloudWatch() */
  readonly destination?: LogDestination;
  /**
   * Names of arguments, and of members of results, that nobody sees without the right `logs:Unmask`. Up to 70 characters each. Whatever
   * follows such a field in the same text is masked with it, because the log does not say where a value ends.
   *
   * @default - none; data of common kinds is masked all the same
   */
  readonly maskedFields?: string[];
}

/**
 * Delivers the application log of a gateway: each call with arguments and results, each decision with its reason. Synth says what is stored.
 *
 * Throws a GovernanceError for fields that CloudWatch Logs cannot mask.
 *
 * @example
 * new GatewayLogs(this, 'Logs', { gateway, maskedFields: ['ssn'] });
 */
export class GatewayLogs extends Construct {
  /** The log group, when the destination is one. */
  readonly logGroup?: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: GatewayLogsProps) {
    super(scope, id);
    const { gateway, destination = LogDestination.cloudWatch(), maskedFields = [] } = props;
    const { gatewayId, gatewayArn } = gateway;
    const bound = destination._bind(this, { gatewayId, maskedFields });
    this.logGroup = bound.logGroup;
    new LogDelivery(this, 'Delivery', { resourceArn: gatewayArn, logType: 'APPLICATION_LOGS', destination: bound });
    const masked = destination._masks ? maskedFields : [];
    inform(this, diagnostic('OBSERVABILITY_STORES', { path: gateway.node.path, what: bound.place, masked }));
    if (destination._masks || maskedFields.length === 0) return;
    reportAtSynth(this, () => [diagnostic('OBSERVABILITY_NOT_MASKED', { fields: maskedFields, what: bound.place })]);
  }
}
