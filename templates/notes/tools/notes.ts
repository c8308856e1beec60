import { defineTool, ToolError, toolHandler } from 'governed-gateway/tool';
import * as z from 'zod';

const notes = new Map([['welcome', 'Hello from a governed tool']]);
const title = z.string().describe('Title of the note');

const readNote = defineTool({
  name: 'read_note',
  description: 'Reads one note',
  input: z.object({ title }),
  handler: (input) => {
    const text = notes.get(input.title);
    if (text === undefined) throw new ToolError('NOTE_NOT_FOUND', 'there is no such note');
    return { text };
  },
});

const writeNote = defineTool({
  name: 'write_note',
  description: 'Writes one note, in place of what was there',
  input: z.object({ title, text: z.string().describe('Text of the note') }),
  handler: (input) => {
    notes.set(input.title, input.text);
    return { written: true };
  },
});

const deleteNote = defineTool({
  name: 'delete_note',
  description: 'Deletes one note for good',
  input: z.object({ title }),
  handler: (input) => ({ deleted: notes.delete(input.title) }),
});

export const handler = toolHandler(readNote, writeNote, deleteNote);
