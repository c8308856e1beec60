/** A notice, for each protocol of a topic's subscribers. */
export interface Message {
  readonly subject: string;
  /** For chats, and whoever has no form of its own. */
  readonly chat: string;
  /** For mail. */
  readonly text: string;
  /** For functions: the notice as data. */
  readonly data: string;
}

/** A subject from the first line of a text: SNS takes ASCII, under 100 characters. */
export function subjectOf(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 99);
}

/** The message as the input of Publish. */
export function publication(TopicArn: string, { subject, chat, text, data }: Message) {
  const Message = JSON.stringify({ default: chat, email: text, lambda: data });
  return { TopicArn, Subject: subject, MessageStructure: 'json', Message };
}
