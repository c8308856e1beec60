import { GovernanceError } from '../../diagnostics/governance-error';
import { readAllowances, unusedAllowances } from '../access-diff/allowance-file';
import { diffFindings } from '../access-diff/diff-findings';
import { type GatewayDiff, gatewayDiff } from '../access-diff/gateway-diff';
import type { GatewayPair } from '../access-diff/gateway-pair';
import { gatewayPairs } from '../access-diff/gateway-pairs';
import { withActive } from '../access-diff/if-active';
import { diffJson } from '../access-diff/render-json';
import { diffMarkdown } from '../access-diff/render-markdown';
import { diffText } from '../access-diff/render-text';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { type GatewayInput, type GatewayOptions, gatewayInputs, gatewayOptions } from '../gateway-input';
import { formatOption } from '../output-format';
import { printDiagnostics, printJson } from '../print-diagnostics';
import type { Terminal } from '../terminal';

interface DiffOptions extends GatewayOptions {
  readonly base?: string;
  /** True for all policies in LOG_ONLY, else their ids. */
  readonly ifActive?: true | readonly string[];
  readonly newAccess: boolean;
  readonly allow?: string;
  readonly format: 'text' | 'markdown' | 'json' | 'sarif' | 'github';
}

/** Shows whose access a change alters, for every call there can be. */
export const command: CliCommand<DiffOptions> = {
  configure(parser) {
    gatewayOptions(parser)
      .option('--base <base>', 'what to compare with: an assembly, a folder of policies, or a git revision')
      .option('--if-active [ids...]', 'as if policies in LOG_ONLY were active: these, or all of them')
      .option('--no-new-access', 'end with 4 when a call gains access that no allowance covers')
      .option('--allow <file>', 'Cedar permits that describe the access that is meant to be gained')
      .addOption(formatOption('the changes are', ['markdown', 'json', 'sarif', 'github']));
  },

  async run({ options, terminal }) {
    const { allow, format, newAccess } = options;
    const pairs = await pairsOf(terminal, options);
    const allowances =
      allow === undefined
        ? []
        : readAllowances(
            terminal,
            allow,
            pairs.flatMap(({ after }) => after ?? []),
          );
    const diffs = pairs.map((pair) => gatewayDiff(pair, allowances));
    print(terminal, options, diffs);
    const unused = unusedAllowances(allowances, diffs);
    if (format === 'text' || format === 'markdown') printDiagnostics(terminal, 'text', unused);
    return !newAccess && diffs.some(hasNewAccess) ? EXIT.doesNotHold : EXIT.ok;
  },
};

async function pairsOf(terminal: Terminal, options: DiffOptions): Promise<GatewayPair[]> {
  const { base, ifActive } = options;
  if (base === undefined && ifActive === undefined) throw GovernanceError.of('DIFF_BASE_MISSING', {});
  const pairs = base === undefined ? await samePairs(terminal, options) : await gatewayPairs(terminal, options, base);
  if (ifActive === undefined) return pairs;
  const current = pairs.flatMap(({ after }) => after ?? []);
  const active = withActive(current, ifActive === true ? [] : ifActive);
  const activeOf = (gateway: GatewayInput): GatewayInput => active[current.indexOf(gateway)] ?? gateway;
  return pairs.map((pair) => (pair.after === undefined ? pair : { ...pair, after: activeOf(pair.after) }));
}

async function samePairs(terminal: Terminal, options: DiffOptions): Promise<GatewayPair[]> {
  const gateways = await gatewayInputs(terminal, options);
  return gateways.map((gateway) => ({ label: gateway.label, before: gateway, after: gateway, notes: [] }));
}

function print(terminal: Terminal, { format, newAccess }: DiffOptions, diffs: readonly GatewayDiff[]): void {
  if (format === 'json') printJson(terminal, { gateways: diffs.map(diffJson) });
  else if (format === 'text') terminal.out(diffs.map(diffText).join('\n'));
  else if (format === 'markdown') terminal.out(diffs.map(diffMarkdown).join('\n'));
  else
    printDiagnostics(
      terminal,
      format,
      diffs.flatMap((diff) => diffFindings(diff, !newAccess)),
    );
}

/** Whether access grew; an undecided change may be a gain. */
function hasNewAccess({ diff: { changes, undecided } }: GatewayDiff): boolean {
  return (
    changes.some(({ direction, isMeant }) => direction === 'gained' && !isMeant) ||
    undecided.some(({ direction }) => direction === 'gained')
  );
}
