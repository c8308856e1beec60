import { Option } from 'commander';
import { readManifests } from '../../policy/assembly/manifest-files';
import { listed, stateOf } from '../baseline/listed-gateway';
import { organizationPolicy } from '../baseline/organization-policy';
import { renderMarkdown, renderText } from '../baseline/render-baselines';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { DEFAULT_ASSEMBLY } from '../gateway-input';
import { GATEWAY_OPTION } from '../gateway-option';
import { printJson } from '../print-diagnostics';

interface BaselineOptions {
  readonly app?: string;
  readonly gateway?: string;
  readonly role: readonly string[];
  readonly format: 'text' | 'json' | 'markdown' | 'scp' | 'rcp';
}

/** Roles that CloudFormation works with in accounts that CDK bootstrapped. */
const DEPLOYMENT_ROLES = 'arn:*:iam::*:role/cdk-*-cfn-exec-role-*';

/** Lists gateways, the baselines above them, and whether they keep each rule; or prints what holds for hands outside the pipeline. */
export const command: CliCommand<BaselineOptions> = {
  configure(parser) {
    parser
      .option('--app <dir>', `cloud assembly with gateway manifests (default: ${DEFAULT_ASSEMBLY})`)
      .option(...GATEWAY_OPTION)
      .option(
        '--role <arn...>',
        'roles that deploy, with wildcards, for the formats scp and rcp; those of gateways themselves may always',
        [DEPLOYMENT_ROLES],
      )
      .addOption(
        new Option('--format <format>', 'how the list is shown, or as which policy of AWS Organizations')
          .choices(['text', 'json', 'markdown', 'scp', 'rcp'])
          .default('text'),
      );
  },

  run({ options, terminal }) {
    const manifests = readManifests(options.app ?? DEFAULT_ASSEMBLY, options.gateway, terminal.cwd);
    const gateways = manifests.map(({ manifest }) => listed(manifest));
    const { format } = options;
    if (format === 'scp' || format === 'rcp') {
      const { policy, left } = organizationPolicy(format, { gateways, roles: options.role });
      for (const line of left) terminal.err(`${line}\n`);
      terminal.out(`${JSON.stringify(policy)}\n`);
      return Promise.resolve(EXIT.ok);
    }
    if (format === 'json') printJson(terminal, { gateways });
    else terminal.out(format === 'text' ? renderText(gateways) : renderMarkdown(gateways));
    const isBroken = gateways.some(({ baselines }) =>
      baselines.some(({ rules }) => rules.some((rule) => stateOf(rule) === 'broken')),
    );
    return Promise.resolve(isBroken ? EXIT.doesNotHold : EXIT.ok);
  },
};
