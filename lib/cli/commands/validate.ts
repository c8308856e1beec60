import { type Diagnostic, hasErrors, isError } from '../../diagnostics/diagnostic';
import { renderJson } from '../../diagnostics/render-json';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { type GatewayInput, type GatewayOptions, gatewayInputs, gatewayOptions } from '../gateway-input';
import { formatOption } from '../output-format';
import { printDiagnostics, printJson } from '../print-diagnostics';
import { validateGateway } from '../validate-gateway';

interface ValidateOptions extends GatewayOptions {
  readonly format: 'text' | 'json' | 'junit' | 'sarif' | 'github';
}

/** Checks the policies of every gateway and shows all findings at once. */
export const command: CliCommand<ValidateOptions> = {
  configure(parser) {
    gatewayOptions(parser).addOption(formatOption('findings are', ['json', 'junit', 'sarif', 'github']));
  },

  async run({ options, terminal }) {
    const gateways = await gatewayInputs(terminal, options);
    const checked = gateways.map((gateway) => ({ gateway, diagnostics: validateGateway(gateway) }));
    const all = distinct(checked.flatMap(({ diagnostics }) => diagnostics));
    if (options.format === 'json') {
      const shown = checked.map(({ gateway, diagnostics }) => ({
        gateway: gateway.label,
        policies: gateway.policies.length,
        tools: toolCount(gateway),
        diagnostics: renderJson(diagnostics),
      }));
      printJson(terminal, { gateways: shown });
    } else {
      printDiagnostics(terminal, options.format, all);
    }
    if (options.format === 'text') {
      for (const { gateway, diagnostics } of checked) terminal.out(`${summary(gateway, diagnostics)}\n`);
    }
    return hasErrors(all) ? EXIT.invalid : EXIT.ok;
  },
};

/** The stages of one app share their policy files, so that each finding would come once per stage. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((finding) => [JSON.stringify(renderJson([finding])), finding])).values()];
}

function toolCount({ targets }: GatewayInput): number {
  return targets.reduce((sum, target) => sum + target.tools.length, 0);
}

function summary(gateway: GatewayInput, diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(isError).length;
  const others = diagnostics.length - errors;
  const counts = `${counted(gateway.policies.length, 'policy', 'policies')}, ${counted(toolCount(gateway), 'tool', 'tools')}`;
  const found = `${counted(errors, 'error', 'errors')}, ${counted(others, 'warning', 'warnings')}`;
  return `${gateway.label}: ${counts}: ${diagnostics.length === 0 ? 'no findings' : found}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
