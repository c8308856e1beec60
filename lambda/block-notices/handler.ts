import type { BlockNoticesConfig } from '../../lib/contract/block-notices';
import { type Message, subjectOf } from './message';
import { MAX_NOTICES, type Notice, noticesOf, type Window } from './notice';
import { type ReadPage, readDenials } from './read-denials';
import { renderChat } from './render/chat';
import type { Place } from './render/link';
import { renderText } from './render/text';

/** What the handler works with. Replaced in tests. */
export interface NoticesContext {
  readonly config: BlockNoticesConfig;
  readonly place: Place;
  readonly windowMinutes: number;
  readonly topics: readonly string[];
  readonly read: ReadPage;
  readonly publish: (topic: string, message: Message) => Promise<void>;
  readonly log: (entry: object) => void;
}

/** Milliseconds that lines have to arrive in the log, less what a schedule may be early. */
const SETTLED_AFTER = 30_000;

/** The last whole window before a time, when its lines have arrived. A schedule that starts a minute after each window gets each one once. */
export function settledWindow(time: number, minutes: number): Window {
  const length = minutes * 60_000;
  const to = Math.floor((time - SETTLED_AFTER) / length) * length;
  return { from: to - length, to };
}

/**
 * Tells every topic what was denied in the window before the event. Fails, so that Lambda tries again, when the log cannot be read or a topic
 * did not take a notice; what was told already is told once more then, under the same id.
 */
export async function tellDenials(event: { readonly time: string }, context: NoticesContext): Promise<void> {
  const { config, place, topics, log } = context;
  const window = settledWindow(Date.parse(event.time), context.windowMinutes);
  if (!Number.isFinite(window.to)) throw new TypeError('the event has no time');
  const { lines, complete } = await readDenials(context.read, window);
  const notices = noticesOf(lines, window, config);
  const failures: unknown[] = [];
  for (const message of messagesOf(notices, complete, place)) {
    for (const topic of topics) {
      await context.publish(topic, message).catch((error: unknown) => failures.push(error));
    }
  }
  log({
    level: 'INFO',
    message: 'window told',
    ...window,
    denials: lines.length,
    notices: Math.min(notices.length, MAX_NOTICES),
    complete,
    failures: failures.length,
  });
  if (failures.length > 0) throw new Error(`${failures.length} notices were not taken`, { cause: failures[0] });
}

/** Messages of a window: the most frequent notices, and how many more there are. */
export function messagesOf(notices: readonly Notice[], complete: boolean, place: Place): Message[] {
  const told = notices.slice(0, MAX_NOTICES).map((notice) => messageOf(notice, place));
  return [...told, ...rest(notices, complete)];
}

function messageOf(notice: Notice, place: Place): Message {
  const text = renderText(notice, place);
  return { subject: subjectOf(text), chat: renderChat(notice, place), text, data: JSON.stringify({ notice, text }) };
}

/** What no notice of its own tells. */
function rest(notices: readonly Notice[], complete: boolean): Message[] {
  const untold = notices.slice(MAX_NOTICES);
  if (untold.length === 0 && complete) return [];
  const [{ gateway, from, to } = { gateway: 'the gateway', from: '', to: '' }] = notices;
  const count = untold.reduce((sum, notice) => sum + notice.count, 0);
  const more = complete ? '' : ' The log was too long to be read whole, so that there are more than counted.';
  const text = `Blocked ${count} times more at ${gateway}, by ${untold.length} other callers, tools or reasons.${more}\nWhen: ${from} to ${to}\nThe dashboard shows the last ones.`;
  const chat = JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', title: 'More was blocked', description: text },
  });
  return [{ subject: subjectOf(text), chat, text, data: JSON.stringify({ text }) }];
}
