import { GovernanceError } from '../../diagnostics/governance-error';
import { type CheckedInvariant, checkInvariants } from '../../policy/proof/invariants/check-invariants';
import { renderJUnit } from '../../policy/testing/report/render-junit';
import { findingsOf } from '../../policy/validation/invariant-findings';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { type GatewayInput, type GatewayOptions, gatewayInputs, gatewayOptions } from '../gateway-input';
import { callersOf, policySetOf } from '../gateway-views';
import { formatOption } from '../output-format';
import { printDiagnostics, printJson } from '../print-diagnostics';
import { proofJson, proofReport, proofText } from '../render-proof';

interface ProveOptions extends GatewayOptions {
  readonly format: 'text' | 'json' | 'junit' | 'sarif' | 'github';
}

/** Proves the invariants of every gateway, or shows a call that breaks them. */
export const command: CliCommand<ProveOptions> = {
  configure(parser) {
    gatewayOptions(parser).addOption(formatOption('the verdicts are', ['json', 'junit', 'sarif', 'github']));
  },

  async run({ options, terminal }) {
    const gateways = await gatewayInputs(terminal, options);
    const proved = gateways.map((gateway) => ({ gateway, checked: check(gateway) }));
    if (options.format === 'json') printJson(terminal, { gateways: proved.map(proofJson) });
    else if (options.format === 'junit') terminal.out(renderJUnit(proofReport(proved)));
    else if (options.format === 'text') for (const one of proved) terminal.out(proofText(one));
    else {
      const found = proved.flatMap(({ gateway, checked }) =>
        checked.flatMap((one) => findingsOf(one, gateway.texts, gateway.trusted.fields ?? [])),
      );
      printDiagnostics(terminal, options.format, found);
    }
    const kinds = new Set(proved.flatMap(({ checked }) => checked.map(({ verdict }) => verdict.kind)));
    if (kinds.has('vacuous')) return EXIT.invalid;
    return kinds.has('broken') || kinds.has('undecided') ? EXIT.doesNotHold : EXIT.ok;
  },
};

function check(gateway: GatewayInput): CheckedInvariant[] {
  const { invariants = [], label } = gateway;
  if (invariants.length === 0) throw GovernanceError.of('INVARIANT_NONE', { gateway: label });
  return checkInvariants({ invariants, set: policySetOf(gateway), ...callersOf(gateway), attack: true });
}
