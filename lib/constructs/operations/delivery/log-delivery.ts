import { Names, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';

/** Characters of the name of a delivery source or destination. Source: CloudWatch Logs API reference, PutDeliverySource. */
const NAME_LENGTH = 60;

export interface LogDeliveryProps {
  /** ARN of what is logged. */
  readonly resourceArn: string;
  readonly logType: 'APPLICATION_LOGS' | 'TRACES';
  readonly destination: Destination;
}

/** Where log records or spans end up. */
export interface Destination {
  readonly type: 'CWL' | 'S3' | 'FH' | 'XRAY';
  /** ARN without `:*` at its end; X-Ray has none. */
  readonly resourceArn?: string;
  /** @default - the destination has one format only */
  readonly outputFormat?: 'json';
  /** Resources that must be in force before anything is delivered. */
  readonly after: readonly IDependable[];
}

/**
 * A delivery of vended logs: source, destination and what joins them. The service refuses a change of deliveries while another one is under
 * way, so the deliveries of a stack are created one after the other.
 *
 * Source: AgentCore developer guide, page observability-configure; aws/aws-cdk#37561 for the order.
 */
export class LogDelivery extends Construct {
  constructor(scope: Construct, id: string, { resourceArn, logType, destination }: LogDeliveryProps) {
    super(scope, id);
    const previous = Stack.of(this)
      .node.findAll()
      .filter((node) => node instanceof logs.CfnDelivery)
      .at(-1);
    const source = new logs.CfnDeliverySource(this, 'Source', { name: this.nameOf('source'), logType, resourceArn });
    const target = new logs.CfnDeliveryDestination(this, 'Destination', {
      name: this.nameOf('destination'),
      deliveryDestinationType: destination.type,
      destinationResourceArn: destination.resourceArn,
      outputFormat: destination.outputFormat,
    });
    const delivery = new logs.CfnDelivery(this, 'Resource', {
      deliverySourceName: source.name,
      deliveryDestinationArn: target.attrArn,
    });
    target.addResourceDependency(source);
    delivery.addResourceDependency(source);
    delivery.addResourceDependency(target);
    delivery.node.addDependency(...destination.after);
    if (previous) source.addResourceDependency(previous);
  }

  private nameOf(part: string): string {
    const own = Names.uniqueResourceName(this, { maxLength: NAME_LENGTH - part.length - 1, separator: '-' });
    return `${own}-${part}`;
  }
}
