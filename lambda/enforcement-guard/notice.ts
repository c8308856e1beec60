import { type Message, subjectOf } from '../block-notices/message';
import { MAX_DESCRIPTION } from '../block-notices/render/chat';
import { safeText } from '../block-notices/safe-text';
import type { Verdict } from './verdict';

/** Characters of a line. */
const MAX_LINE = 300;

const STEPS = [
  'Find out who did it in CloudTrail.',
  'Deploy the stack again, which puts everything back.',
  'Run governed-gateway verify --control-plane.',
];

/**
 * What people are told of a gateway that was changed, for each protocol. Names and values are of somebody who may change gateways: on one line
 * each, short, and without signs that open markup.
 */
export function noticeOf(gateway: string, repairs: boolean, { state, differences, left }: Verdict): Message {
  const shown = (lines: readonly string[]): string[] => lines.map((line) => safeText(line, MAX_LINE));
  const headline = `Gateway ${gateway} was changed, and no deployment did it`;
  const [changed, open] = [shown(differences), shown(left)];
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
  const rest = open.length === 0 ? 'Everything was put back.' : `Still not as declared:\n${list(open)}`;
  const text = [`${headline}:\n${list(changed)}`, ...(repairs ? [rest] : []), list(STEPS)].join('\n\n');
  const code = (lines: readonly string[]): string => lines.map((line) => `\`${line}\``).join('\n');
  const ended = open.length === 0 ? rest : `*Still not as declared*\n${code(open)}`;
  const description = `${code(changed)}${repairs ? `\n${ended}` : ''}`;
  const chat = {
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: `:warning: ${headline}`,
      description: description.slice(0, MAX_DESCRIPTION),
      nextSteps: STEPS,
      keywords: [gateway],
    },
    metadata: { threadId: `${gateway}/enforcement`, summary: headline, eventType: 'enforcement-changed' },
  };
  const data = { enforcement: { gateway, state, differences: changed, left: open }, text };
  return { subject: subjectOf(headline), chat: JSON.stringify(chat), text, data: JSON.stringify(data) };
}
