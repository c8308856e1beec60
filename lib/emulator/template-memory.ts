import type { Template } from '../contract/drift/stack';
import type { GatewayManifest } from '../contract/manifest';
import type { ManifestFile } from '../policy/assembly/manifest-files';
import { templateOf } from '../policy/assembly/stack-template';

/** Reads the template of the gateway's stack once for each manifest that serves. Undefined where there is none beside the manifest. */
export function templateMemory(file: ManifestFile, manifest: () => GatewayManifest): () => Template | undefined {
  const known = new WeakMap<GatewayManifest, { readonly template: Template | undefined }>();
  return () => {
    const now = manifest();
    const found = known.get(now) ?? { template: templateOf({ ...file, manifest: now }) };
    known.set(now, found);
    return found.template;
  };
}
