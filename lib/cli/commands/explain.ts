import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import { restingInvariants } from '../../policy/proof/invariants/resting-invariants';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { type GatewayInput, type GatewayOptions, gatewayInputs, gatewayOptions } from '../gateway-input';
import { callersOf, policySetOf } from '../gateway-views';
import { formatOption } from '../output-format';
import { printJson } from '../print-diagnostics';
import { sentencesJson, sentencesMarkdown, sentencesText, type ToldPolicies } from '../render-sentences';

interface ExplainOptions extends GatewayOptions {
  readonly format: 'text' | 'markdown' | 'json';
}

/** Says in sentences what policies allow and deny, for people who do not read Cedar. */
export const command: CliCommand<ExplainOptions> = {
  configure(parser) {
    gatewayOptions(parser.argument('[policy]', 'id of a policy (default: all of them)')).addOption(
      formatOption('the sentences are', ['markdown', 'json']),
    );
  },

  async run({ args: [id], options, terminal }) {
    const gateways = await gatewayInputs(terminal, options);
    const told = gateways.map((gateway) => ({
      gateway: gateway.label,
      policies: id === undefined ? gateway.policies : gateway.policies.filter((policy) => policy.id === id),
      resting: restingOf(gateway),
    }));
    const found = id === undefined ? told : told.filter(({ policies }) => policies.length > 0);
    if (id !== undefined && found.length === 0) {
      const ids = gateways.flatMap(({ policies }) => policies.map((policy) => policy.id));
      throw GovernanceError.of('COMMAND_POLICY_UNKNOWN', { id, suggestion: suggest(id, ids) });
    }
    if (options.format === 'json') printJson(terminal, { gateways: found.map(sentencesJson) });
    else terminal.out(found.map(rendering(options.format)).join('\n'));
    return EXIT.ok;
  },
};

function restingOf(gateway: GatewayInput): ToldPolicies['resting'] {
  const { invariants = [] } = gateway;
  if (invariants.length === 0) return new Map();
  return restingInvariants({ invariants, set: policySetOf(gateway), ...callersOf(gateway) });
}

function rendering(format: 'text' | 'markdown'): (told: ToldPolicies) => string {
  return format === 'text' ? sentencesText : sentencesMarkdown;
}
