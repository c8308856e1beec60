import type { Row } from './row';

/** Jest loads the modules of the emulator in a way of its own. */
const START = `
        const running = await emulator.startEmulator({ assembly: 'cdk.out', port: 0 });
        expect(await running.tokenFor({ username: 'ann' })).toMatch(/^eyJ/);
        await running.stop();`;

/** Files of an app that uses all entries of the library, by path. */
export function programOf({ modules, tests }: Row): { readonly [path: string]: string } {
  const ending = modules === 'esm' ? '.js' : '';
  return {
    'bin/app.ts': `
      import { App } from 'aws-cdk-lib';
      import { NotesStack } from '../lib/notes-stack${ending}';
      new NotesStack(new App(), 'Notes');`,
    'lib/notes-stack.ts': `
      import { type App, Stack } from 'aws-cdk-lib';
      import { EnforcementMode, GovernedGateway, Interceptor, PolicySource, Tools, TrustedField } from 'governed-gateway';
      export class NotesStack extends Stack {
        constructor(scope: App, id: string) {
          super(scope, id);
          new GovernedGateway(this, 'Gateway', {
            mode: EnforcementMode.ENFORCE,
            targets: { notes: Tools.fromTypeScript('tools/notes.ts') },
            policies: [PolicySource.fromDirectory('policies')],
            trustedContext: { region: TrustedField.constant('EU') },
            requestInterceptor: Interceptor.fromTypeScript('interceptors/request.ts'),
          });
        }
      }`,
    'tools/notes.ts': `
      import { defineTool, toolHandler } from 'governed-gateway/tool';
      import * as z from 'zod';
      export const readNote = defineTool({
        name: 'read_note',
        description: 'Reads one note',
        input: z.object({ title: z.string(), shared: z.boolean() }),
        trusted: z.object({ region: z.string() }),
        handler: ({ title }) => ({ text: 'the note ' + title }),
      });
      export const handler = toolHandler(readNote);`,
    'interceptors/request.ts': `
      import { configuredSteps, deny, proceed, requestInterceptor, type Step } from 'governed-gateway/interceptor';
      export const open: Step = {
        name: 'open',
        request: (call) => (call.kind === 'tools/call' && call.arguments['title'] === 'x' ? deny('closed') : proceed()),
      };
      export const handler = requestInterceptor(open, ...configuredSteps());`,
    'policies/read-shared-notes.cedar': `permit (
  principal is AgentCore::OAuthUser,
  action == AgentCore::Action::"notes___read_note",
  resource == ?resource
)
when { context.input.shared && context.input has region && context.input.region == "EU" };
`,
    'policies/notes.test.yaml': `personas:
  ann: { username: ann }
tests:
  - { as: ann, call: notes___read_note, arguments: { title: a, shared: true }, expect: ALLOW }
  - { as: ann, call: notes___read_note, arguments: { title: a, shared: false }, expect: DENY }
`,
    'test/notes.test.ts': `
      import { App } from 'aws-cdk-lib';
      import { Template } from 'aws-cdk-lib/assertions';
      import { requestEvent, toolCall, tryRequest } from 'governed-gateway/interceptor';
      import * as emulator from 'governed-gateway/emulator';
      import * as policy from 'governed-gateway/policy';
      import { expect, it } from '${tests === 'jest' ? '@jest/globals' : 'vitest'}';
      import { open } from '../interceptors/request${ending}';
      import { NotesStack } from '../lib/notes-stack${ending}';
      import { handler } from '../tools/notes${ending}';
      it('makes a gateway', () => {
        Template.fromStack(new NotesStack(new App(), 'Tested')).resourceCountIs('AWS::BedrockAgentCore::Gateway', 1);
      }, 120_000);
      it('has a chain and a tool that run', async () => {
        const output = await tryRequest([open], requestEvent(toolCall('notes___read_note', { title: 'x' })));
        expect(JSON.stringify(output)).toContain('closed');
        expect(handler.tools.map(({ name }) => name)).toEqual(['read_note']);
        expect([typeof emulator.startEmulator, typeof policy.authorize]).toEqual(['function', 'function']);${tests === 'jest' ? START : ''}
      }, 60_000);`,
  };
}
