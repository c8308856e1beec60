import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Acknowledges a finding of cdk-nag, or of another validation plugin, on a construct of this library, with the reason beside the code. */
export function acknowledge(scope: Construct, id: string, reason: string): void {
  Validations.of(scope).acknowledge({ id, reason });
}
