import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf } from '../docs/page';
import { ConsumerProject } from './consumer-project';

// The package of a platform team as docs/scale.md shows it: built, tested by its own tests, packed, and installed by an app team.

const PACKAGE = {
  ...{ name: 'acme-baseline', version: '1.0.0', main: 'index.js', types: 'index.d.ts' },
  files: ['index.js', 'index.d.ts', 'policies/*.cedar'],
  peerDependencies: { 'aws-cdk-lib': '^2', constructs: '^10', 'governed-gateway': '*' },
};

/** Says what is wrong with a gateway that only logs, and synthesizes one that enforces. */
const APP = `import { App, Stack } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { EnforcementMode, GovernedGateway, PolicySource, ToolList, Tools } from 'governed-gateway';
import { addAcmeBaseline } from 'acme-baseline';
for (const mode of [EnforcementMode.LOG_ONLY, EnforcementMode.ENFORCE]) {
  const app = new App({ outdir: mode, autoSynth: false });
  addAcmeBaseline(app);
  const stack = new Stack(app, 'Crm');
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:crm';
  const fn = Function.fromFunctionAttributes(stack, 'Fn', { functionArn, sameEnvironment: true });
  const tool = { name: 'drop_account', description: 'Drops an account', inputSchema: { type: 'object' } };
  const mayDrop = 'permit(principal is AgentCore::OAuthUser, action in AgentCore::Action::"crm", resource == ?resource)';
  new GovernedGateway(stack, 'Gateway', {
    mode,
    targets: { crm: Tools.fromFunction(fn, ToolList.fromInline(tool), { classes: { drop_account: ['destructive'] } }) },
    policies: [PolicySource.fromInline(mayDrop + ' when { principal.hasTag("username") };')],
  });
  try {
    app.synth();
    console.log(mode, 'synthesized');
  } catch (error) {
    console.log(mode, String(error));
  }
}
`;

describe('a baseline as a package', () => {
  let project: ConsumerProject;
  beforeAll(() => {
    project = new ConsumerProject();
    for (const { file, text } of blocksOf('scale.md')) {
      if (file?.startsWith('acme-baseline/')) project.write(file, text);
    }
    project.write('acme-baseline/package.json', JSON.stringify(PACKAGE));
    const options = ['--strict', '--skipLibCheck', '--declaration', '--module', 'commonjs', '--types', 'node'];
    project.node('node_modules/typescript/bin/tsc', ...options, '--ignoreConfig', 'acme-baseline/index.ts');
  });
  afterAll(() => project.remove());

  it('is tested by the platform team', () => {
    const printed = project.node('--import', 'tsx', '--test', 'acme-baseline/index.test.ts');
    expect(printed).toMatch(/# pass 1\b/);
  });

  it('ships its policies, and governs the app of another team', () => {
    const npm = ['pack', '--silent', '--ignore-scripts', './acme-baseline'];
    const packed = execFileSync('npm', npm, { cwd: project.directory, encoding: 'utf8' }).trim();
    const installed = join(project.directory, 'node_modules/acme-baseline');
    mkdirSync(installed);
    execFileSync('tar', ['-xzf', packed, '-C', installed, '--strip-components=1'], { cwd: project.directory });
    expect(project.list('node_modules/acme-baseline')).toEqual(['index.d.ts', 'index.js', 'package.json', 'policies']);
    expect(project.list('node_modules/acme-baseline/policies')).toEqual(['destroy.cedar']);
    project.write('app.ts', APP);
    const printed = project.node('--import', 'tsx', 'app.ts').trim().split('\n');
    expect(printed).toEqual([expect.stringMatching(/^LOG_ONLY ValidationFailed/), 'ENFORCE synthesized']);
    const found = project.read('LOG_ONLY/validation-report.json');
    expect(found).toContain('gateway `Crm/Gateway` breaks baseline `acme`, rule `mode`: its mode is LOG_ONLY');
    const cli = 'node_modules/governed-gateway/dist/bin/governed-gateway.js';
    const place = 'baseline acme, node_modules/acme-baseline/policies/destroy.cedar:3';
    expect(project.node(cli, 'explain', '--app', 'ENFORCE')).toContain(`acme/owners-destroy (${place})`);
  });
});
