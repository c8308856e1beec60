import { Option } from 'commander';
import type { EnforcementMode } from '../../contract/decision';
import { PROOF_ARGUMENT, PROOF_PLACEHOLDER, withoutFeignedProof } from '../../contract/interceptor-proof';
import type { JsonObject } from '../../contract/json';
import { joinToolName } from '../../contract/tool-name';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import { explain } from '../../policy/decision/explain';
import { type PolicySet, preparePolicySet } from '../../policy/decision/policy-set';
import { restingInvariants } from '../../policy/proof/invariants/resting-invariants';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { type GatewayInput, type GatewayOptions, gatewayOptions, oneGateway } from '../gateway-input';
import { callersOf } from '../gateway-views';
import { type PrincipalOptions, principalOptions, readPrincipal } from '../principal-option';
import { printJson } from '../print-diagnostics';
import { readJsonObject, readTime } from '../read-value';
import { explanationJson, explanationText } from '../render-explanation';

interface AuthorizeOptions extends GatewayOptions, PrincipalOptions {
  readonly tool: string;
  readonly input: string;
  readonly intercepted?: boolean;
  readonly now?: string;
  readonly mode?: EnforcementMode;
  readonly format: 'text' | 'json';
}

/** Decides one call, as it reaches the policies behind the REQUEST interceptor. */
export const command: CliCommand<AuthorizeOptions> = {
  configure(parser) {
    principalOptions(gatewayOptions(parser))
      .requiredOption('--tool <name>', 'full name of the tool, target___tool')
      .option('--input <json>', 'arguments as JSON, trusted fields included; @file, or - for stdin', '{}')
      .option('--intercepted', 'with the proof of the REQUEST interceptor, which guards ask for')
      .option('--now <time>', 'time of the call, for example 2026-11-20T10:00:00Z (default: now)')
      .addOption(new Option('--mode <mode>', 'mode of the engine').choices(['ENFORCE', 'LOG_ONLY']))
      .addOption(
        new Option('--format <format>', 'how the decision is shown').choices(['text', 'json']).default('text'),
      );
  },

  async run({ options, terminal }) {
    const gateway = await oneGateway(terminal, options);
    const mode = options.mode ?? gateway.mode;
    const set = preparePolicySet({ ...gateway, mode });
    const now = options.now === undefined ? new Date() : readTime('--now', options.now);
    const call = {
      principal: await readPrincipal(terminal, gateway, options, now),
      tool: knownTool(gateway, options.tool),
      input: argumentsOf(set, options, await readJsonObject(terminal, '--input', options.input)),
      now,
    };
    const explanation = explain(set, call, gateway.texts);
    const { invariants = [] } = gateway;
    const shown = explanation.candidates.map(({ policy }) => policy.id);
    const resting = restingInvariants({ invariants, set, ...callersOf(gateway) }, shown);
    if (options.format === 'json') printJson(terminal, explanationJson(explanation, mode, resting));
    else terminal.out(explanationText(explanation, mode, resting));
    return explanation.decision.allowed ? EXIT.ok : EXIT.negative;
  },
};

/** What reaches the policies: the proof is there when the interceptor saw the call, and then only. */
function argumentsOf({ schema }: PolicySet, { tool, intercepted }: AuthorizeOptions, sent: JsonObject): JsonObject {
  if (!intercepted) return withoutFeignedProof(sent);
  const isAsked = schema.tools.get(tool)?.input.attributes.has(PROOF_ARGUMENT);
  return isAsked ? { ...sent, [PROOF_ARGUMENT]: PROOF_PLACEHOLDER } : sent;
}

function knownTool(gateway: GatewayInput, name: string): string {
  const tools = gateway.targets.flatMap((target) => target.tools.map((tool) => joinToolName(target.name, tool.name)));
  if (tools.includes(name)) return name;
  throw GovernanceError.of('COMMAND_TOOL_UNKNOWN', { name, suggestion: suggest(name, tools) });
}
