import { expect } from 'vitest';
import { Consumer } from './consumer';
import type { Row } from './row';

/** Does in a new project what people do: install, compile, synthesize, check and test policies, run their own tests. */
export async function tryRow(row: Row): Promise<void> {
  const project = new Consumer(row);
  try {
    await project.install();
    // ts-node has checked the types by itself.
    if (row.typescript === '7') await project.exec('tsc', '--project', '.');
    await project.exec('cdk', 'synth', '--quiet', '--no-notices', '--no-version-reporting');
    const template = project.read('cdk.out/Notes.template.json');
    expect(template).toContain('"AWS::BedrockAgentCore::Gateway"');
    // Neither the place of the project nor that of its packages is in what is deployed.
    expect(template).not.toContain(project.directory);
    expect(await project.exec('governed-gateway', 'validate')).not.toContain('error');
    expect(await project.exec('governed-gateway', 'test')).toMatch(/2 passed/);
    expect(await project.test()).toMatch(/2 passed/);
  } finally {
    project.remove();
  }
}
