import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { renderText } from '../../diagnostics/render-text';

/** A warning of the choice of identity, which nobody has to act on; acknowledged by its id. */
export function warn(scope: Construct, warning: Diagnostic): void {
  Annotations.of(scope).addWarningV2(`governed-gateway:${warning.code}`, renderText([warning]));
}

/** Tells what a construct does that people should know, at each synth. */
export function inform(scope: Construct, finding: Diagnostic): void {
  Annotations.of(scope).addInfoV2(`governed-gateway:${finding.code}`, renderText([finding]));
}
