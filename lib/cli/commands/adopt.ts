import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AdoptedProject, adoptedProject } from '../../authoring/adopt/adopted-project';
import { type AdoptableGateway, readAdoptable } from '../../authoring/adopt/read-adoptable';
import type { NamedDocument } from '../../authoring/adopt/target-source';
import type { ProjectContent, ProjectPlan } from '../../authoring/project/plan-project';
import { renderTemplates } from '../../authoring/project/template';
import { writeFiles } from '../../authoring/project/write-files';
import { askServer } from '../../authoring/tools/mcp-server';
import type { Send } from '../../contract/drift/read-deployed';
import { textMember } from '../../contract/drift/text-member';
import { controlPlane } from '../../deployed/aws-sender';
import { hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { renderJson } from '../../diagnostics/render-json';
import { suggest } from '../../diagnostics/suggest';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { formatOption } from '../output-format';
import { printDiagnostics, printJson } from '../print-diagnostics';
import {
  installed,
  nextSteps,
  type ProjectOptions,
  projectOptions,
  projectPlan,
  templatesFolder,
  writtenLines,
} from '../project-options';
import { collect, readText } from '../read-value';
import type { Terminal } from '../terminal';

interface Options extends ProjectOptions {
  readonly gatewayId: string;
  readonly document: readonly string[];
  readonly token: readonly string[];
  readonly format: 'text' | 'json';
}

/** Reads a deployed gateway and writes what declares it. It changes nothing of the gateway, and overwrites no file. */
export const command: CliCommand<Options> = {
  configure(parser) {
    projectOptions(parser)
      .requiredOption('--gateway-id <id>', 'id or ARN of the gateway that is deployed')
      .option(
        '--document <target=file>',
        'document of a target that the control plane does not show: OpenAPI, Smithy, or a list of tools; repeatable',
        collect,
        [],
      )
      .option(
        '--token <target=file>',
        'file with a bearer token for the MCP server of a target, and for no other; repeatable',
        collect,
        [],
      )
      .addOption(formatOption('what was adopted is', ['json']));
  },

  async run({ args, options, terminal }) {
    const documents = await filesOf(terminal, '--document', options.document);
    const tokens = await filesOf(terminal, '--token', options.token);
    const gateway = await readAdoptable(counted(terminal, await controlPlane()), options.gatewayId);
    if (terminal.interactive) terminal.err('\n');
    checkTargets('--document', documents, gateway);
    checkTargets('--token', tokens, gateway);
    const adopted = await adoptedProject(gateway, {
      documents,
      ask: async (target, url) => {
        const token = tokens.get(target)?.text.trim() ?? '';
        const access = { cwd: terminal.cwd, environment: process.env, ...(token !== '' && { token }) };
        return (await askServer({ url }, access)).tools;
      },
    });
    const plan = projectPlan(terminal, args[0], options, contentOf(gateway, adopted));
    const isApp = existsSync(join(plan.directory, 'cdk.json'));
    const files = isApp ? stackFiles(adopted) : plan.files;
    const kept = writeFiles(plan.directory, files);
    const findings = [...adopted.notes, ...adopted.findings];
    if (options.format === 'json') {
      const { id, arn, name } = gateway;
      printJson(terminal, {
        gateway: { id, arn, name },
        written: [...files.keys()].filter((one) => !kept.includes(one)),
        kept,
        diagnostics: renderJson(findings),
      });
    } else {
      terminal.out(writtenLines(files.keys(), kept));
      printDiagnostics(terminal, 'text', findings);
    }
    const before = isApp ? [] : await installed(terminal, plan, options.install);
    if (options.format === 'text') terminal.out(nextSteps([...before, ...steps(plan, isApp)]));
    return hasErrors(adopted.findings) ? EXIT.invalid : EXIT.ok;
  },
};

/** Tells how far the reading is. Nothing is written until its end, so that Ctrl-C may come at any time. */
function counted(terminal: Terminal, send: Send): Send {
  let answers = 0;
  return async (operation, input) => {
    const answer = await send(operation, input);
    answers += 1;
    if (terminal.interactive) terminal.err(`\rreading the gateway: ${answers} answers`);
    return answer;
  };
}

function contentOf({ account, region }: AdoptableGateway, { files }: AdoptedProject): ProjectContent {
  return {
    folders: ['adopt', 'adopt-project'],
    values: { account, region },
    files,
    packages: [...files.keys()].some((path) => path.startsWith('tools/')) ? ['@modelcontextprotocol/client'] : [],
    // No call can tell of every policy what it is for; raise it as tests come.
    threshold: 0,
  };
}

/** In an app that exists, the files of the stack alone. */
function stackFiles({ files }: AdoptedProject): AdoptedProject['files'] {
  return new Map([...renderTemplates(templatesFolder(), ['adopt'], {}), ...files]);
}

function steps({ manager: { exec } }: ProjectPlan, isApp: boolean): string[] {
  return [
    'read ADOPTED.md: what the stack does not say',
    ...(isApp ? ['make `DeployedStack` or `GatewayStack` in your app, see docs/adopt.md'] : []),
    `${exec} cdk synth --quiet`,
    `${exec} governed-gateway matrix`,
    `${exec} cdk import --context import=true --resource-mapping import/resources.json`,
    `${exec} cdk diff`,
    `${exec} cdk deploy`,
  ];
}

/** Files by the targets that they are for: `orders=orders.yaml`. */
async function filesOf(
  terminal: Terminal,
  option: string,
  given: readonly string[],
): Promise<ReadonlyMap<string, NamedDocument>> {
  const read = given.map(async (text): Promise<[string, NamedDocument]> => {
    const [, target = '', file = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (target === '') {
      const expected = 'a target and a file, such as `orders=orders.yaml`';
      throw GovernanceError.of('COMMAND_OPTION_INVALID', { option, value: text, expected });
    }
    return [target, { path: resolve(terminal.cwd, file), text: await readText(terminal, file) }];
  });
  return new Map(await Promise.all(read));
}

function checkTargets(option: string, files: ReadonlyMap<string, NamedDocument>, gateway: AdoptableGateway): void {
  const names = gateway.targets.map((target) => textMember(target, 'name'));
  const target = [...files.keys()].find((one) => !names.includes(one));
  if (target === undefined) return;
  throw GovernanceError.of('ADOPT_TARGET', { option, target, suggestion: suggest(target, names) });
}
