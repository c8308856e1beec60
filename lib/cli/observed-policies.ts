import { SourceIds } from '../contract/tool-classes/source-ids';
import type { ObservedCall } from '../decisions/observed-call';
import { GovernanceError } from '../diagnostics/governance-error';
import { readManifests } from '../policy/assembly/manifest-files';
import { DEFAULT_ASSEMBLY } from './gateway-input';
import type { Terminal } from './terminal';

/** Where the manifests are that may know the policies of observed calls. */
type Assemblies = { readonly [name in 'app' | 'gateway' | 'base']?: string | undefined };

/** The call with its policies by their ids in the sources, as every answer about policies has them. */
export function bySource(call: ObservedCall, ids: SourceIds): ObservedCall {
  const { policies, flipping, mismatched } = call;
  return {
    ...call,
    policies: policies && ids.all(policies),
    flipping: ids.all(flipping),
    mismatched: ids.all(mismatched),
  };
}

/**
 * Ids by the names that the service has in log lines and spans. From the manifests that the options name, or else from the app here, where there
 * is one: names are unique in an account, so that another gateway's say nothing wrong.
 */
export function sourceIds({ cwd }: Terminal, { app, gateway, base }: Assemblies): SourceIds {
  const isNamed = app !== undefined || gateway !== undefined;
  const ofApp = isNamed ? readManifests(app ?? DEFAULT_ASSEMBLY, gateway, cwd) : manifestsHere(cwd);
  const ofBase = base === undefined ? [] : readManifests(base, gateway, cwd);
  return new SourceIds([...ofApp, ...ofBase].map(({ manifest }) => manifest));
}

function manifestsHere(cwd: string): ReturnType<typeof readManifests> {
  try {
    return readManifests(DEFAULT_ASSEMBLY, undefined, cwd);
  } catch (error) {
    // Records need no app to be read.
    if (GovernanceError.is(error)) return [];
    throw error;
  }
}
