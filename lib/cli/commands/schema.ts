import { Option } from 'commander';
import { hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { generateSchema } from '../../policy/schema/schema';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { type GatewayOptions, gatewayOptions, oneGateway } from '../gateway-input';
import { printDiagnostics, printJson } from '../print-diagnostics';

interface SchemaOptions extends GatewayOptions {
  readonly format: 'text' | 'json';
}

/** Prints the Cedar schema that AgentCore makes of a gateway's tools. */
export const command: CliCommand<SchemaOptions> = {
  configure(parser) {
    gatewayOptions(parser).addOption(
      new Option('--format <format>', 'Cedar text, or its JSON form').choices(['text', 'json']).default('text'),
    );
  },

  async run({ options, terminal }) {
    const gateway = await oneGateway(terminal, options);
    const schema = generateSchema(gateway.targets, gateway.switches);
    if (hasErrors(schema.diagnostics)) throw new GovernanceError(schema.diagnostics);
    printDiagnostics(terminal, 'text', schema.diagnostics);
    if (options.format === 'json') printJson(terminal, schema.json);
    else terminal.out(schema.text.endsWith('\n') ? schema.text : `${schema.text}\n`);
    return EXIT.ok;
  },
};
