import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTool, type Tool } from '../../../lambda/tool-kit';
import { call, recordingLog } from './call';

/** Words that are written whatever the arguments are: a text that is part of them is no secret. */
const ALWAYS_WRITTEN = 'Error: cannot use <argument>: (<argument>) in <argument>';

const secret = fc.stringMatching(/^[a-zA-Z0-9_$.*+()-]{6,20}$/).filter((text) => !ALWAYS_WRITTEN.includes(text));

function tool(run: (input: { text?: string | undefined }) => unknown): Tool {
  return defineTool({
    name: 'tool',
    description: 'Does something',
    input: z.object({ text: z.string().optional(), size: z.int().nullish(), list: z.array(z.string()).default([]) }),
    trusted: z.object({ geography: z.string() }),
    handler: run,
  });
}

describe('whatever arrives', () => {
  it('is answered, and only runs the tool when the trusted field is there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom('text', 'size', 'list', 'geography'), fc.jsonValue()),
        async (any, args) => {
          for (const event of [any, args]) {
            let ran = false;
            const { handler } = recordingLog(
              tool(() => {
                ran = true;
                return 'done';
              }),
            );
            const result = await call(handler, 'T___tool', event);
            const hasGeography = typeof (event as { geography?: unknown } | null)?.geography === 'string';
            if (ran) expect([result, hasGeography]).toEqual(['done', true]);
            else
              expect(result).toMatchObject({ error: { code: expect.stringMatching(/^(DENIED|INVALID_ARGUMENTS)$/) } });
          }
        },
      ),
    );
  });

  it('leaves no argument in result or log when the tool fails with it in its message', async () => {
    await fc.assert(
      fc.asyncProperty(secret, secret, async (text, geography) => {
        const { handler, entries } = recordingLog(
          tool((input) => {
            throw new Error(`cannot use ${input.text}: (${input.text}) in ${geography}`);
          }),
        );
        const result = await call(handler, 'T___tool', { text, geography });
        expect(result).toMatchObject({ error: { code: 'FAILED' } });
        const written = entries
          .map(({ errorMessage, stack }) => `${errorMessage} ${String(stack).split('\n', 1)[0]}`)
          .join();
        expect(written).toContain('<argument>');
        expect(written).not.toContain(text);
        expect(written).not.toContain(geography);
      }),
    );
  });
});
