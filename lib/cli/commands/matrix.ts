import { Option } from 'commander';
import { accessMatrix } from '../../policy/access/access-matrix';
import { renderMatrix } from '../../policy/access/render-matrix';
import { policySetUnderTest } from '../../policy/testing/run/offline-backend';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { type GatewayOptions, gatewayInputs, gatewayOptions } from '../gateway-input';
import { printJson } from '../print-diagnostics';
import { readTests, withoutPacks } from '../test-files';

interface MatrixOptions extends GatewayOptions {
  readonly exact?: true;
  readonly format: 'markdown' | 'json';
}

/** Prints who may use which tool, for the personas of the test files. */
export const command: CliCommand<MatrixOptions> = {
  configure(parser) {
    gatewayOptions(parser.argument('[files...]', 'test files or folders (default: those beside the policies)'))
      .option('--exact', 'prove each cell for every argument and time, and name the arguments that it depends on')
      .addOption(
        new Option('--format <format>', 'how the matrix is shown').choices(['markdown', 'json']).default('markdown'),
      );
  },

  async run({ args, options, terminal }) {
    const tested = await readTests(terminal, withoutPacks(await gatewayInputs(terminal, options)), args);
    const matrices = tested.map(({ gateway, files }) => ({
      gateway: gateway.label,
      ...accessMatrix(gateway, policySetUnderTest(gateway), files, { exact: options.exact === true }),
    }));
    if (options.format === 'json') printJson(terminal, { gateways: matrices });
    else {
      const tables = matrices.map((matrix) => `## ${matrix.gateway}\n\n${renderMatrix(matrix)}`);
      terminal.out(matrices.length === 1 && matrices[0] ? renderMatrix(matrices[0]) : tables.join('\n'));
    }
    return EXIT.ok;
  },
};
