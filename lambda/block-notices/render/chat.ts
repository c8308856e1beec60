import type { Notice } from '../notice';
import { linkOf, type Place } from './link';
import { facts, headline } from './text';

/** Characters that the schema takes. Source: Amazon Q Developer in chat applications, administrator guide, custom notifications. */
const MAX_TITLE = 250;
export const MAX_DESCRIPTION = 8_000;

/** The notice in the schema for custom notifications of Amazon Q Developer in chat applications, as JSON. What others chose stands in code spans. */
export function renderChat(notice: Notice, place: Place): string {
  const lines = facts(notice).map(([name, value]) => `*${name}* \`${value}\``);
  const description = [...lines, `<${linkOf(notice, place)}|Show the call>`].join('\n');
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id: notice.id,
    content: {
      textType: 'client-markdown',
      title: `:no_entry: ${headline(notice)}`.slice(0, MAX_TITLE),
      description: description.slice(0, MAX_DESCRIPTION),
      nextSteps: notice.steps,
      keywords: [notice.gateway, notice.tool],
    },
    metadata: {
      threadId: `${notice.gateway}/${notice.caller}`,
      summary: headline(notice).slice(0, MAX_TITLE),
      eventType: 'block-notice',
    },
  });
}
