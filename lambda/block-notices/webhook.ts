import { createHmac } from 'node:crypto';
import type { WebhookSecret } from '../../lib/contract/block-notices';

/** A record of an SNS event, as far as it matters here. */
export interface TopicRecord {
  readonly Sns: { readonly MessageId: string; readonly Message: string; readonly Timestamp: string };
}

/** What the handler works with. Replaced in tests. */
export interface WebhookContext {
  readonly secret: () => Promise<string>;
  readonly now: () => Date;
}

const TIMEOUT_MS = 5_000;

/**
 * Posts what a topic got to a webhook, signed as Standard Webhooks have it. Fails, so that Lambda tries again, unless the receiver answers with
 * success. Follows no redirect: the signature is for one receiver.
 */
export async function postToWebhook(
  event: { readonly Records: readonly TopicRecord[] },
  context: WebhookContext,
): Promise<void> {
  const { url, key } = readSecret(await context.secret());
  for (const { Sns } of event.Records) {
    const data = dataOf(Sns.Message);
    const id = typeof data['notice'] === 'object' ? String((data['notice'] as { id?: unknown }).id) : Sns.MessageId;
    const type = typeOf(data);
    const body = JSON.stringify({ type: `governed-gateway.${type}`, timestamp: Sns.Timestamp, data });
    const seconds = Math.floor(context.now().getTime() / 1_000);
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signature(key, id, seconds, body),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
    await response?.body?.cancel();
    if (!response?.ok) throw new Error(`the webhook answered ${response?.status ?? 'nothing'}`);
  }
}

function typeOf(data: { readonly [name: string]: unknown }): string {
  if (data['notice'] !== undefined) return 'block-notice';
  if (data['enforcement'] !== undefined) return 'enforcement-changed';
  return data['AlarmName'] === undefined ? 'block-notice' : 'alarm';
}

/** Source: standardwebhooks.com, specification of symmetric signatures. */
export function signature(key: Buffer, id: string, seconds: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

/** Neither errors nor logs show what is in the secret. */
function readSecret(text: string): { url: URL; key: Buffer } {
  let secret: Partial<WebhookSecret>;
  try {
    secret = JSON.parse(text) as Partial<WebhookSecret>;
  } catch {
    throw new Error('the secret of the webhook is not JSON');
  }
  const url = URL.canParse(String(secret.url)) ? new URL(String(secret.url)) : undefined;
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url === undefined || (url.protocol !== 'https:' && !isLocal))
    throw new Error('`url` of the webhook is no HTTPS address');
  const key = Buffer.from(String(secret.secret).replace(/^whsec_/, ''), 'base64');
  if (key.length < 24) throw new Error('`secret` of the webhook has less than 24 bytes of base64');
  return { url, key };
}

function dataOf(message: string): { readonly [name: string]: unknown } {
  try {
    const data: unknown = JSON.parse(message);
    return typeof data === 'object' && data !== null ? (data as { [name: string]: unknown }) : { text: message };
  } catch {
    return { text: message };
  }
}
