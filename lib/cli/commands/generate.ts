import { draftTests } from '../../authoring/generation/draft-tests';
import { writeFiles } from '../../authoring/project/write-files';
import { controlPlane } from '../../deployed/aws-sender';
import { type GeneratedPolicy, generatePolicies } from '../../deployed/policy-generation';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggestedFile } from '../../policy/testing/suggestion/render-suggestion';
import { gatewayDiff } from '../access-diff/gateway-diff';
import type { CliCommand } from '../command';
import { deployedGateway } from '../deployed-gateway';
import { EXIT, exitCodeOf } from '../exit-code';
import { DEFAULT_ASSEMBLY, oneGateway } from '../gateway-input';
import { GATEWAY_OPTION } from '../gateway-option';
import { policySetOf } from '../gateway-views';
import { type DraftedGateway, draftedGateway, draftFolder } from '../generation/drafted-gateway';
import { draftTexts, generationJson, generationText } from '../generation/render-generation';
import { WAITING } from '../lockable-gateway';
import { formatOption } from '../output-format';
import { printDiagnostics, printJson } from '../print-diagnostics';
import type { Terminal } from '../terminal';
import { readTests } from '../test-files';

interface GenerateOptions {
  readonly app?: string;
  readonly gateway?: string;
  readonly out?: string;
  readonly format: 'text' | 'json';
}

/** Has the service make policies of a sentence. They are written with tests when nothing is wrong with them, and nothing is overwritten. */
export const command: CliCommand<GenerateOptions> = {
  configure(parser) {
    parser
      .argument('<sentence>', 'who may call which tool, and when; in quotes')
      .option('--app <dir>', `cloud assembly with gateway manifests (default: ${DEFAULT_ASSEMBLY})`)
      .option(...GATEWAY_OPTION)
      .option('--out <dir>', 'folder for the new files (default: the first that the policies come from)')
      .addOption(formatOption('what was made is', ['json']));
  },

  async run({ args: [sentence = ''], options, terminal }) {
    const before = await oneGateway(terminal, options);
    const folder = draftFolder(before, options.out, terminal.cwd);
    const { gateway } = await deployedGateway(terminal, options);
    const generated = await generatePolicies(await controlPlane(), { ...gateway, sentence }, waiting(terminal));
    if (terminal.interactive) terminal.err('\n');
    if (generated.length === 0) throw GovernanceError.of('GENERATION_FAILED', { reasons: [] });
    const refused = generated.flatMap(serviceFindings);
    if (refused.length > 0) throw new GovernanceError(refused);
    const parts = generated.map(({ fragment, statement = '' }) => ({ fragment, statement }));
    const drafted = draftedGateway(before, parts, folder, gateway.gatewayArn);
    const isJson = options.format === 'json';
    if (hasErrors(drafted.findings)) {
      if (isJson) printJson(terminal, generationJson(drafted, undefined));
      else terminal.out(draftTexts(drafted));
      if (!isJson) printDiagnostics(terminal, 'text', drafted.findings);
      return exitCodeOf(drafted.findings);
    }
    const files = await filesOf(terminal, drafted);
    const change = gatewayDiff({ label: before.label, before, after: drafted.gateway, notes: [] }, []);
    if (!isJson) {
      printDiagnostics(terminal, 'text', drafted.findings);
      terminal.out(generationText(drafted, change));
    }
    writeFiles(before.sources.directory, files);
    if (isJson) printJson(terminal, generationJson(drafted, { change, written: [...files.keys()] }));
    else terminal.out([...files.keys()].map((file) => `${file} written\n`).join(''));
    return EXIT.ok;
  },
};

/** Nothing is there to be undone until the end, so that Ctrl-C may come at any time. */
function waiting(terminal: Terminal) {
  let isTold = false;
  return {
    ...WAITING,
    onWait: (passed: number): void => {
      if (terminal.interactive) terminal.err(`\rthe service is at work: ${Math.round(passed / 1_000)} s`);
      else if (!isTold) terminal.err('the service is at work, which takes some 15 seconds\n');
      isTold = true;
    },
  };
}

/** What the service says against what it made, in its own words. */
function serviceFindings({ fragment, statement, findings }: GeneratedPolicy): Diagnostic[] {
  const against = findings.filter(({ type }) => type !== 'VALID');
  if (statement === undefined) {
    const hint = against.map(({ type, description }) => wordsOf([type, description])).join('; ');
    return [diagnostic('GENERATION_UNTRANSLATED', { fragment, hint: hint === '' ? '' : `: ${hint}` })];
  }
  return against.map(({ type, description }) =>
    diagnostic('GENERATION_FINDING', { type, fragment, hint: description === '' ? '' : `: ${description}` }),
  );
}

function wordsOf(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(': ');
}

/** Policies with tests that tell what they are for, where a call can tell. */
async function filesOf(terminal: Terminal, { gateway, drafts }: DraftedGateway): Promise<Map<string, string>> {
  const tested = gateway.tests.length === 0 ? undefined : (await readTests(terminal, [gateway], []))[0];
  const set = policySetOf(gateway);
  const files = new Map<string, string>();
  for (const { id, file, testFile, text } of drafts) {
    files.set(file, text);
    const tests = await draftTests({ id, gateway, set, files: tested?.files ?? [] });
    if (tests.length > 0) files.set(testFile, suggestedFile(tests));
  }
  return files;
}
