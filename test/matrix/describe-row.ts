import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Consumer } from './consumer';
import { nameOf, type Row } from './row';

/** Does in a new project what people do, one after the other: install, compile and synthesize, check and test policies, run their own tests. */
export function describeRow(row: Row): void {
  describe(`a project of the kind ${nameOf(row)}`, () => {
    let project: Consumer;
    beforeAll(() => {
      project = new Consumer(row);
    });
    afterAll(() => project.remove());

    it('installs', async () => {
      await project.install();
    });

    it('compiles and synthesizes', async () => {
      // ts-node has checked the types by itself.
      if (row.typescript === '7') await project.exec('tsc', '--project', '.');
      await project.exec('cdk', 'synth', '--quiet', '--no-notices', '--no-version-reporting');
      const template = project.read('cdk.out/Notes.template.json');
      expect(template).toContain('"AWS::BedrockAgentCore::Gateway"');
      // Neither the place of the project nor that of its packages is in what is deployed.
      expect(template).not.toContain(project.directory);
    });

    it('has policies that are right and do what their tests say', async () => {
      expect(await project.exec('governed-gateway', 'validate')).not.toContain('error');
      expect(await project.exec('governed-gateway', 'test')).toMatch(/2 passed/);
    });

    it('runs its own tests', async () => {
      expect(await project.test()).toMatch(/2 passed/);
    });
  });
}
