import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read } from '../house/source-files';
import { ConsumerProject, readmeProgram } from './consumer-project';

// Each command of the GitHub Action and of the GitLab template runs here with the packed package; only the two services are doubles.

interface ActionStep {
  readonly name: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: { readonly [name: string]: string };
}

const ACTION = parse(read('ci/github-action/action.yml')) as {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default: string } };
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
};
const TEMPLATE = parse(read('ci/gitlab/governed-gateway.yml')) as {
  readonly [job: string]: { readonly script: readonly string[]; readonly before_script: readonly string[] };
};

const RULE = `@invariant("shared notes are never read")
forbid (principal, action == AgentCore::Action::"notes___read_note", resource) when { context.input.shared };
`;

let project: ConsumerProject;
let base: string;

/** Runs a script as a runner does: bash that ends at the first failure. */
function shell(script: string, env: { readonly [name: string]: string }) {
  const PATH = [join(project.directory, 'bin'), join(project.directory, 'node_modules/.bin'), process.env['PATH']].join(
    delimiter,
  );
  const { CDK_OUTDIR: _, ...environment } = project.environment;
  const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: project.directory,
    encoding: 'utf8',
    env: { ...environment, PATH, ...env },
  });
  return { status, out: stdout, all: stdout + stderr };
}

beforeAll(() => {
  project = new ConsumerProject();
  for (const [path, text] of readmeProgram()) project.write(path, text);
  project.write('cdk.json', '{ "app": "node --import tsx app.ts" }');
  project.write('policies/rules.invariant.cedar', RULE);
  project.write('.gitignore', 'node_modules\ncdk.out\n');
  project.write(
    'policies/notes.test.yaml',
    'personas:\n  ann: { username: ann }\ntests:\n  - { as: ann, call: notes___read_note, arguments: { title: a, shared: false }, expect: ALLOW }\n',
  );
  mkdirSync(join(project.directory, 'node_modules/.bin'));
  for (const [name, file] of [
    ['governed-gateway', 'governed-gateway/dist/bin/governed-gateway.js'],
    ['cdk', 'aws-cdk/bin/cdk'],
  ]) {
    chmodSync(join(project.directory, 'node_modules', file as string), 0o755);
    symlinkSync(join('..', file as string), join(project.directory, 'node_modules/.bin', name as string));
  }
  for (const name of ['gh', 'curl', 'npm']) {
    project.write(`bin/${name}`, `#!/bin/sh\necho "$0 $*" >> "$HOME/calls.txt"\n`);
    chmodSync(join(project.directory, 'bin', name), 0o755);
  }
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: project.directory, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'base');
  base = git('rev-parse', 'HEAD');
  const [name, policy] = [...readmeProgram()].find(([path]) => path.endsWith('.cedar')) ?? ['', ''];
  project.write(name, policy.replace('context.input', '!context.input'));
});
afterAll(() => project.remove());

describe('the GitHub Action', () => {
  const run = (name: string) => {
    const step = ACTION.runs.steps.find((one) => one.name === name);
    const given: { readonly [expression: string]: string } = {
      ...Object.fromEntries(
        Object.entries(ACTION.inputs).map(([input, { default: usual }]) => [`inputs.${input}`, usual]),
      ),
      'inputs.base': base,
      'github.token': 'token',
      'github.event.pull_request.number': '7',
    };
    const env = Object.entries(step?.env ?? {}).map(([variable, value]) => [
      variable,
      value.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => given[expression] ?? `unknown ${expression}`),
    ]);
    const runner = { RUNNER_TEMP: project.directory, GITHUB_STEP_SUMMARY: join(project.directory, 'summary.md') };
    return shell(step?.run ?? 'exit 99', { ...runner, ...(Object.fromEntries(env) as object) });
  };

  it('runs its steps, of which none takes the text of an input for code', () => {
    expect(ACTION.runs.using).toBe('composite');
    expect(ACTION.runs.steps.map(({ name }) => name)).toEqual([
      'Synthesize',
      'Validate',
      'Test',
      'Prove',
      'Compare',
      'Comment',
    ]);
    for (const { run: script, shell: by } of ACTION.runs.steps) {
      expect(by).toBe('bash');
      expect(script).not.toContain('${{');
    }
    for (const name of ['Synthesize', 'Validate', 'Test', 'Prove', 'Compare', 'Comment']) {
      const { status, all } = run(name);
      expect([name, status, all]).toEqual([name, 0, all]);
    }
    expect(project.read('summary.md')).toContain('notes___read_note');
    expect(project.read('calls.txt')).toMatch(
      /gh pr comment 7 --body-file .*governed-gateway.md --edit-last --create-if-none/,
    );
  });

  it('fails where a policy is wrong, with the place for GitHub', () => {
    const [name = '', policy = ''] = [...readmeProgram()].find(([path]) => path.endsWith('.cedar')) ?? [];
    project.write(name, policy.replace('read_note', 'raed_note'));
    const { status, out } = run('Validate');
    expect([status, out]).toEqual([3, expect.stringContaining(`::error file=${name},line=3`)]);
    project.write(name, policy.replace('context.input', '!context.input'));
  });
});

describe('the GitLab template', () => {
  it('runs its jobs, with reports that GitLab reads and a comment', () => {
    const usual = TEMPLATE['variables'] as unknown as { [name: string]: string };
    // What the Action synthesized the same way is there.
    expect(usual['GOVERNED_GATEWAY_SYNTH']).toBe(ACTION.inputs['synth']?.default);
    const variables = { ...usual, GOVERNED_GATEWAY_SYNTH: 'ls cdk.out/manifest.json' };
    const before = TEMPLATE['.governed-gateway']?.before_script ?? [];
    const gitlab = {
      ...{
        CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
        CI_API_V4_URL: 'https://gitlab.example.com/api/v4',
        CI_PROJECT_ID: '3',
      },
      ...{ CI_MERGE_REQUEST_IID: '7', GOVERNED_GATEWAY_TOKEN: 'secret' },
    };
    for (const job of ['governed-gateway:check', 'governed-gateway:compare']) {
      const lines = [...(job.endsWith('check') ? before : []), ...(TEMPLATE[job]?.script ?? ['exit 99'])];
      const { status, all } = shell(lines.join('\n'), { ...variables, ...gitlab });
      expect([job, status, all]).toEqual([job, 0, all]);
    }
    for (const report of ['validate.xml', 'test.xml', 'prove.xml'])
      expect(project.read(report)).toContain('<testsuites name=');
    expect(project.read('access.md')).toContain('notes___read_note');
    expect(project.read('calls.txt')).toContain(
      '--data-urlencode body@access.md https://gitlab.example.com/api/v4/projects/3/merge_requests/7/notes',
    );
  });
});
