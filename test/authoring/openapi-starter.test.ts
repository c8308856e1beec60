import { afterAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../cli/command-line';

const PETS = `openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: 'https://pets.example.com' }]
paths:
  /pets:
    get: { operationId: listPets, summary: Lists pets, responses: { '200': { description: ok } } }
    post: { operationId: addPet, summary: Adds a pet, responses: { '200': { description: ok } } }
  /pets/{id}:
    delete:
      operationId: removePet
      summary: Removes a pet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: ok } }
    put:
      operationId: feedPet
      summary: Feeds a pet
      x-tool-classes: read
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: ok } }
`;

describe('a project from an OpenAPI document', () => {
  const cli = new CommandLine({
    'pets.yaml': PETS,
    'broken.yaml': PETS.replace('https://pets.example.com', 'http://localhost'),
  });
  afterAll(() => cli.remove());

  it('has the document, and policies by method and extension', async () => {
    const { code, out, err } = await cli.run(['init', 'pets-app', '--no-install', '--from-openapi', 'pets.yaml']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`tool       classes             who may call it
removePet  write, destructive  nobody
addPet     write               the group writers
feedPet    read                everybody who has signed in
listPets   read                everybody who has signed in
`);
    expect(cli.read('pets-app/apis/pets.yaml')).toBe(PETS);
    expect(cli.read('pets-app/lib/gateway-stack.ts')).toContain("Tools.fromOpenApi('apis/pets.yaml', {");
    expect(cli.read('pets-app/policies/nobody.cedar')).toContain('action in AgentCore::Action::"class:destructive"');
  });

  it('says in the stack what the team says of tools', async () => {
    const from = ['--from-openapi', 'pets.yaml', '--class', '*Pet=read', '--class', 'removePet=write,destructive'];
    await cli.run(['init', 'said', '--no-install', ...from]);
    expect(cli.read('said/lib/gateway-stack.ts')).toContain(`
          classes: { '*Pet': ['read'], removePet: ['write', 'destructive'] },
        }),`);
  });

  it('is not begun from a document that synth would refuse', async () => {
    const { code, err } = await cli.run(['init', 'broken', '--no-install', '--from-openapi', 'broken.yaml']);
    expect(code).toBe(3);
    expect(err).toContain('TARGET_');
    expect(() => cli.read('broken/cdk.json')).toThrow();
  });
});
