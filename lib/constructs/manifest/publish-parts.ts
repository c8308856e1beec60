import type { Construct } from 'constructs';
import { reportAtSynth } from '../findings/synth-findings';
import { addOutputs } from './gateway-outputs';
import { type ManifestFileProps, writeManifest } from './manifest-file';

/** Publishes what parts say of their gateway: stack outputs now, findings and the manifest at synthesis. */
export function publishParts(scope: Construct, { parts, view, local }: ManifestFileProps): void {
  const outputs = addOutputs(scope, parts);
  reportAtSynth(scope, () => parts.flatMap((part) => part.findings?.(view()) ?? []));
  writeManifest(scope, { parts: [...parts, { manifest: () => ({ outputs }) }], view, local });
}
