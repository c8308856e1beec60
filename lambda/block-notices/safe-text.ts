import { maskSecrets } from '../interceptor-kit/message/secret-text';

/** Characters that nobody sees, that end a line, or that turn the direction of a text. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\s]+/gu;

/** What opens markup in Slack, in HTML and in Markdown, and what stands for it. */
const OPENS: { readonly [sign: string]: string } = {
  '<': '‹',
  '>': '›',
  '`': "'",
  '&': '+',
  '|': '/',
  '*': '•',
  '~': '-',
};

/**
 * A text that somebody else chose, fit for a chat message, a page, a mail and a line of a log alike: on one line, without secrets, without a
 * sign that opens markup, and no longer than `max` characters.
 */
export function safeText(text: string, max: number): string {
  // Masked before it is cut: half a token is a secret as well.
  const masked = maskSecrets(text.slice(0, max * 4), '[redacted]');
  const plain = masked
    .replace(UNSEEN, ' ')
    .replace(/[<>`&|*~]/g, (sign) => OPENS[sign] ?? '')
    .trim();
  const points = Array.from(plain);
  return points.length > max ? `${points.slice(0, max).join('')}…` : plain;
}
