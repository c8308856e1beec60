import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { GovernanceError } from '../../diagnostics/governance-error';
import { readManifests } from '../../policy/assembly/manifest-files';
import { type GatewayInput, type GatewayOptions, gatewayInputs, synthesizedGateways } from '../gateway-input';
import type { Terminal } from '../terminal';
import type { GatewayPair } from './gateway-pair';
import { gitTree } from './git-tree';
import { gatewayOfSources, hasSources } from './source-tree';

/**
 * Each gateway with what it was. The base is an assembly, a folder of policies, a checkout of the app's directory, or a git revision of it.
 * Throws `DIFF_BASE_UNKNOWN` for anything else.
 */
export async function gatewayPairs(terminal: Terminal, options: GatewayOptions, base: string): Promise<GatewayPair[]> {
  const after = await gatewayInputs(terminal, options);
  const path = resolve(terminal.cwd, base);
  if (!existsSync(path)) return fromRevision(options, base, after);
  if (isAssembly(path)) return paired(await synthesizedGateways(terminal, base, options.gateway), after);
  const checkout = (directory: string): string => resolve(path, relative(terminal.cwd, directory));
  if (after.some(({ sources }) => hasSources(checkout(sources.directory), sources.paths)))
    return Promise.all(
      after.map((one) => gatewayOfSources(one, { base, directory: checkout(one.sources.directory), options })),
    );
  if (options.policies === undefined) throw GovernanceError.of('DIFF_BASE_UNKNOWN', { base });
  return paired(await gatewayInputs(terminal, { ...options, policies: base }), after);
}

function isAssembly(path: string): boolean {
  if (path.endsWith('.cedar')) return false;
  try {
    return readManifests(path).length > 0;
  } catch (error) {
    if (GovernanceError.is(error) && error.diagnostics.some(({ code }) => code === 'MANIFEST_NONE')) return false;
    // A file that is no manifest is no assembly either; a folder with a broken one is.
    if (statSync(path).isFile()) return false;
    throw error;
  }
}

/** By name; two gateways that stand alone are one, whatever they are called. */
function paired(before: readonly GatewayInput[], after: readonly GatewayInput[]): GatewayPair[] {
  const [old, current] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && old !== undefined && current !== undefined)
    return [{ label: current.label, before: old, after: current, notes: [] }];
  const labels = [...new Set([...before, ...after].map(({ label }) => label))].sort();
  return labels.map((label) => {
    const [was, is] = [before.find((one) => one.label === label), after.find((one) => one.label === label)];
    return { label, ...(was && { before: was }), ...(is && { after: is }), notes: [] };
  });
}

async function fromRevision(
  options: GatewayOptions,
  base: string,
  after: readonly GatewayInput[],
): Promise<GatewayPair[]> {
  const pairs: GatewayPair[] = [];
  for (const gateway of after) {
    const { directory, paths } = gateway.sources;
    const files = [options.tools, options.identity].flatMap((file) => file ?? []);
    const tree = await gitTree(directory, base, [...paths, ...files]);
    if (tree === undefined) throw GovernanceError.of('DIFF_BASE_UNKNOWN', { base });
    try {
      pairs.push(await gatewayOfSources(gateway, { base, directory: tree.directory, options }));
    } finally {
      await tree.remove();
    }
  }
  return pairs;
}
