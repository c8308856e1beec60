import { resolve } from 'node:path';
import { writeFiles } from '../../authoring/project/write-files';
import type { DeclaredPack } from '../../contract/pack';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import { oneManifest } from '../../policy/assembly/manifest-files';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { DEFAULT_ASSEMBLY } from '../gateway-input';
import { GATEWAY_OPTION } from '../gateway-option';

interface EjectOptions {
  readonly app?: string;
  readonly gateway?: string;
  readonly to: string;
}

/** Writes packs as files, which say what the packs said. */
export const command: CliCommand<EjectOptions> = {
  configure(parser) {
    parser
      .argument('[packs...]', 'ids of packs (default: all)')
      .option('--app <dir>', `cloud assembly with gateway manifests (default: ${DEFAULT_ASSEMBLY})`)
      .option(...GATEWAY_OPTION)
      .option('--to <dir>', 'folder of policies that the files are written to', 'policies');
  },

  async run({ args, options, terminal }) {
    const { manifest } = oneManifest(options.app ?? DEFAULT_ASSEMBLY, options.gateway, terminal.cwd);
    const packs = chosen(manifest.packs ?? [], args, manifest.path);
    const files = new Map(packs.flatMap(filesOf));
    writeFiles(resolve(terminal.cwd, options.to), files);
    for (const file of files.keys()) terminal.out(`${options.to}/${file}\n`);
    for (const { id, kind } of packs) {
      terminal.err(`${id}: now take \`PolicyPack.${kind}(...)\` out of \`${manifest.path}\`\n`);
    }
    const isRead = manifest.policySources.some((path) => path === options.to || options.to.startsWith(`${path}/`));
    if (!isRead) terminal.err(`add \`PolicySource.fromDirectory('${options.to}')\` to its policies\n`);
    return EXIT.ok;
  },
};

function chosen(packs: readonly DeclaredPack[], ids: readonly string[], gateway: string): readonly DeclaredPack[] {
  if (packs.length === 0) throw GovernanceError.of('PACK_NONE', { gateway });
  if (ids.length === 0) return packs;
  return ids.map((id) => {
    const pack = packs.find((one) => one.id === id);
    if (pack !== undefined) return pack;
    const known = packs.map((one) => one.id);
    throw GovernanceError.of('PACK_UNKNOWN', { id, known, suggestion: suggest(id, known) });
  });
}

/** Names that a source of policies finds: the tests and invariants lie beside the policies. */
function filesOf({ id, policies, invariants, tests }: DeclaredPack): [string, string][] {
  return [
    [`${id}.cedar`, policies],
    [`${id}.test.yaml`, tests],
    ...(invariants === undefined ? [] : [[`${id}.invariant.cedar`, invariants] satisfies [string, string]]),
  ];
}
