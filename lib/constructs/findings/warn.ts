import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { renderText } from '../../diagnostics/render-text';

/** A warning of the choice of identity, which nobody has to act on; acknowledged by its id. */
export function warn(scope: Construct, warning: Diagnostic): void {
  Annotations.of(scope).addWarningV2(`governed-gateway:${warning.code}`, renderText([warning]));
}
