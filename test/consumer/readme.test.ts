import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read } from '../house/source-files';
import { ConsumerProject, readmeProgram } from './consumer-project';

/** The program that shows the construct's props, as the body of a function that has what the text around it speaks of. */
function constructProgram(markdown: string): string {
  const body = /^```ts\n(new GovernedGateway[\s\S]*?)^```$/m.exec(markdown)?.[1] ?? '';
  return [
    "import type { ITable } from 'aws-cdk-lib/aws-dynamodb';",
    "import type { Construct } from 'constructs';",
    "import { Claim, EnforcementMode, GovernedGateway, Identity, PolicySource, Steps, Tools, TrustedField } from 'governed-gateway';",
    `export function program(this: Construct, users: ITable): void {\n${body}}`,
  ].join('\n');
}

describe('the first program of the README', () => {
  const blocks = readmeProgram();
  let project: ConsumerProject;
  beforeAll(() => {
    project = new ConsumerProject();
    for (const [path, text] of blocks) project.write(path, text);
    project.write('construct.ts', constructProgram(read('README.md')));
  });
  afterAll(() => project.remove());

  it('is at most 25 lines', () => {
    expect(blocks.get('app.ts')?.trim().split('\n').length).toBeLessThanOrEqual(25);
  });

  it('compiles', () => {
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--esModuleInterop',
    ];
    expect(
      project.node('node_modules/typescript/bin/tsc', ...options, 'app.ts', 'tools/notes.ts', 'construct.ts'),
    ).toBe('');
  });

  it('synthesizes a governed gateway, without credentials, Docker or network', () => {
    project.node('--import', 'tsx', 'app.ts');
    const template = project.read('cdk.out/Notes.template.json');
    for (const type of ['Gateway', 'GatewayTarget']) expect(template).toContain(`"AWS::BedrockAgentCore::${type}"`);
    expect(project.list('cdk.out')).toContain('Notes.Gateway.gateway.json');
  });

  it('fails to synthesize when a policy names a tool that does not exist', () => {
    const wrong = (blocks.get('policies/read-shared-notes.cedar') ?? '').replace('read_note', 'raed_note');
    project.write('policies/read-shared-notes.cedar', wrong);
    const printed = project.failure('--import', 'tsx', 'app.ts');
    expect(printed).toContain('policies/read-shared-notes.cedar:3');
    expect(printed).toContain('notes___read_note');
  });
});
