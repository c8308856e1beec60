import { Option } from 'commander';
import type { DeclaredBaseline, DeclaredRule } from '../../contract/baseline';
import type { GatewayManifest } from '../../contract/manifest';
import { readManifests } from '../../policy/assembly/manifest-files';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { DEFAULT_ASSEMBLY } from '../gateway-input';
import { printJson } from '../print-diagnostics';

interface BaselineOptions {
  readonly app?: string;
  readonly stack?: string;
  readonly format: 'text' | 'json' | 'markdown';
}

/** A gateway with what is asked of it. */
interface ListedGateway {
  readonly gateway: string;
  readonly baselines: readonly ListedBaseline[];
}

interface ListedBaseline extends DeclaredBaseline {
  /** Ids of the policies that it brings. */
  readonly policies: readonly string[];
  /** Sentences of the invariants that it brings. */
  readonly invariants: readonly string[];
}

/** Lists gateways, the baselines above them, and whether they keep each rule. */
export const command: CliCommand<BaselineOptions> = {
  configure(parser) {
    parser
      .option('--app <dir>', `cloud assembly with gateway manifests (default: ${DEFAULT_ASSEMBLY})`)
      .option('--stack <name>', 'stack, construct path or name of the gateway, if the app has several')
      .addOption(
        new Option('--format <format>', 'how the list is shown').choices(['text', 'json', 'markdown']).default('text'),
      );
  },

  run({ options, terminal }) {
    const found = readManifests(options.app ?? DEFAULT_ASSEMBLY, options.stack, terminal.cwd);
    const gateways = found.map(({ manifest }) => listed(manifest));
    if (options.format === 'json') printJson(terminal, { gateways });
    else terminal.out(options.format === 'text' ? renderText(gateways) : renderMarkdown(gateways));
    const isBroken = gateways.some(({ baselines }) =>
      baselines.some(({ rules }) => rules.some((rule) => stateOf(rule) === 'broken')),
    );
    return Promise.resolve(isBroken ? EXIT.doesNotHold : EXIT.ok);
  },
};

function listed({ path, baselines = [], policies, invariants }: GatewayManifest): ListedGateway {
  return {
    gateway: path,
    baselines: baselines.map((one) => ({
      ...one,
      policies: policies.filter(({ baseline }) => baseline === one.name).map(({ id }) => id),
      invariants: invariants.filter(({ baseline }) => baseline === one.name).map(({ sentence }) => sentence),
    })),
  };
}

function stateOf({ problem, leftBecause }: DeclaredRule): 'kept' | 'left' | 'broken' {
  if (problem === undefined) return 'kept';
  return leftBecause === undefined ? 'broken' : 'left';
}

function renderText(gateways: readonly ListedGateway[]): string {
  return gateways.map(textOf).join('\n');
}

function textOf({ gateway, baselines }: ListedGateway): string {
  if (baselines.length === 0) return `${gateway}\n  no baseline\n`;
  const blocks = baselines.map(({ name, scope, rules, policies, invariants }) => [
    `  ${name} (added to ${scopeName(scope)})`,
    ...policies.map((id) => `    policy     ${id}`),
    ...invariants.map((sentence) => `    invariant  ${sentence}`),
    ...rules.map((rule) => `    ${stateOf(rule).padEnd(9)}  ${rule.rule}: ${rule.asks}${remark(rule)}`),
  ]);
  return `${[gateway, ...blocks.flat()].join('\n')}\n`;
}

function remark({ problem, leftBecause }: DeclaredRule): string {
  if (problem === undefined) return '';
  return leftBecause === undefined ? `; ${problem}` : `; ${problem}; left to this scope: ${leftBecause}`;
}

function renderMarkdown(gateways: readonly ListedGateway[]): string {
  const rows = gateways.flatMap(({ gateway, baselines }) =>
    baselines.flatMap(({ name, rules, policies, invariants }) => [
      ...policies.map((id) => [gateway, name, 'policy', id, 'kept']),
      ...invariants.map((sentence) => [gateway, name, 'invariant', sentence, 'kept']),
      ...rules.map((rule) => [gateway, name, rule.rule, `${rule.asks}${remark(rule)}`, stateOf(rule)]),
    ]),
  );
  const without = gateways.filter(({ baselines }) => baselines.length === 0);
  const table = [
    ['Gateway', 'Baseline', 'Rule', 'What it asks', 'State'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ];
  return [...table, ...without.map(({ gateway }) => [gateway, 'none', '', '', ''])]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
}

function scopeName(scope: string): string {
  return scope === '' ? 'the app' : scope;
}
