import type { GatewayManifest, LocalManifest } from '../../contract/manifest';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { GatewayView } from './gateway-view';

/**
 * One concern of a governed gateway: identity, interceptors, policies, targets. A new concern is one file that implements the hooks it needs,
 * and one line in `GatewayAssembly`.
 */
export interface GatewayPart {
  /** Findings about the gateway. Called at synthesis. */
  findings?(view: GatewayView): readonly Diagnostic[];
  /** Members of the gateway manifest that this part knows. Called at synthesis; tokens become CloudFormation intrinsics. */
  manifest?(view: GatewayView): ManifestPart;
  /** Files of the app that this part was made from; absolute, or relative to the app's directory. Called at synthesis. */
  sources?(view: GatewayView): readonly string[];
  /** Values of stack outputs by name; undefined leaves an output out. Called once, when the gateway is constructed. */
  outputs?(): { readonly [name: string]: string | undefined };
}

/** Some members of a gateway manifest. Those of `local` are joined one by one. */
export interface ManifestPart extends Partial<Omit<GatewayManifest, 'local'>> {
  readonly local?: Partial<LocalManifest>;
}
