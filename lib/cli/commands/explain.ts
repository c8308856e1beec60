import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import { policyProofs } from '../../policy/proof/policy-proofs';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { type GatewayInput, type GatewayOptions, gatewayInputs, gatewayOptions } from '../gateway-input';
import { callersOf, policySetOf } from '../gateway-views';
import { formatOption } from '../output-format';
import { printJson } from '../print-diagnostics';
import { isGuard, sentencesJson, sentencesMarkdown, sentencesText, type ToldPolicies } from '../render-sentences';

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
    const all = gateways.map((gateway) => told(gateway, id));
    const found = id === undefined ? all : all.filter(({ policies }) => policies.length > 0);
    if (id !== undefined && found.length === 0) {
      const ids = gateways.flatMap(({ policies }) => policies.map((policy) => policy.id));
      throw GovernanceError.of('COMMAND_POLICY_UNKNOWN', { id, suggestion: suggest(id, ids) });
    }
    if (options.format === 'json') printJson(terminal, { gateways: found.map(sentencesJson) });
    else terminal.out(found.map(rendering(options.format)).join('\n'));
    return EXIT.ok;
  },
};

function told(gateway: GatewayInput, id: string | undefined): ToldPolicies {
  const { label, invariants = [] } = gateway;
  const policies = id === undefined ? gateway.policies : gateway.policies.filter((policy) => policy.id === id);
  const own = policies.filter((policy) => !isGuard(policy)).map((policy) => policy.id);
  const input = { invariants, set: policySetOf(gateway), ...callersOf(gateway) };
  return { gateway: label, policies, proofs: policyProofs(input, own) };
}

function rendering(format: 'text' | 'markdown'): (told: ToldPolicies) => string {
  return format === 'text' ? sentencesText : sentencesMarkdown;
}
