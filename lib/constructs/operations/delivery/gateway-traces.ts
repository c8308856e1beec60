import { Construct } from 'constructs';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { reportAtSynth } from '../../findings/synth-findings';
import type { IGovernedGateway } from '../../i-governed-gateway';
import { LogDelivery } from './log-delivery';
import { XRayDeliveryPolicy } from './xray-delivery-policy';

/** Which gateway is traced. */
export interface GatewayTracesProps {
  /** The gateway, of this app or of another one. */
  readonly gateway: IGovernedGateway;
  /**
   * Whether the stack has a resource policy of X-Ray that lets the spans in. An account has five of them.
   *
   * @default true
   */
  readonly manageResourcePolicy?: boolean;
}

/**
 * Delivers the spans of a gateway to X-Ray: which tool was called, what was decided and by which policies; no arguments and no caller.
 * Spans can be searched where Transaction Search is on, a setting of the account that no stack switches; a finding tells the command.
 *
 * @example
 * new GatewayTraces(this, 'Traces', { gateway });
 */
export class GatewayTraces extends Construct {
  constructor(scope: Construct, id: string, { gateway, manageResourcePolicy = true }: GatewayTracesProps) {
    super(scope, id);
    const policy = manageResourcePolicy ? XRayDeliveryPolicy.of(this) : undefined;
    policy?.allow(gateway.gatewayArn);
    new LogDelivery(this, 'Delivery', {
      resourceArn: gateway.gatewayArn,
      logType: 'TRACES',
      destination: { type: 'XRAY', after: policy ? [policy] : [] },
    });
    reportAtSynth(this, () => [diagnostic('OBSERVABILITY_TRANSACTION_SEARCH', { path: gateway.node.path })]);
  }
}
