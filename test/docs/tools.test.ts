import { afterAll, describe, expect, it } from 'vitest';
import { bundleTypeScript } from '../../lib/constructs/functions/bundle-typescript';
import { readToolDefinitions } from '../../lib/constructs/targets/typescript/read-tool-definitions';
import { programsOf } from './page';
import { ProgramFolder } from './program-folder';

const folder = new ProgramFolder(programsOf('tools.md'));
afterAll(() => folder.remove());

describe('the programs of docs/tools.md', () => {
  it.each([
    ['tools/claims.ts', 'get_claim'],
    ['tools/files.ts', 'list_files'],
  ])('define their tools: %s', (name, tool) => {
    const tools = readToolDefinitions(bundleTypeScript(folder.path(name)));
    expect(tools.map((definition) => definition.name)).toEqual([tool]);
  });
});
