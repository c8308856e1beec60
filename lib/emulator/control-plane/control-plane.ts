import type { Template } from '../../contract/drift/stack';
import type { Application } from '../application';
import type { LiveChanges } from '../policy/live-changes';

/** What the operations of the control plane work on. */
export interface ControlPlane {
  readonly application: () => Application;
  /** The template of the gateway's stack as it is now; undefined where there is none beside the manifest. */
  readonly template: () => Template | undefined;
  readonly changes: LiveChanges;
  /** Serves the application with the changes. Throws a GovernanceError, and goes on as before, when they do not fit. */
  readonly serve: () => void;
  readonly clock: () => Date;
}
