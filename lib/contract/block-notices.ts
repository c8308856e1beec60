import type { DenialLine } from './denial-line';

/** Name of the file beside the bundle that holds a {@link BlockNoticesConfig}. */
export const BLOCK_NOTICES_CONFIG_FILE = 'notices.json';

/** What the construct tells the function that writes block notices. */
export interface BlockNoticesConfig {
  readonly version: 1;
  readonly policies: readonly PolicyNote[];
  /** Names of arguments that nobody may see. */
  readonly maskedFields: readonly string[];
}

/** What people should know of a policy that denied. */
export interface PolicyNote {
  /** Name on the service; its id has a hyphen and ten more characters. */
  readonly name: string;
  /** @default - notices show its name alone */
  readonly description?: string;
  /** Where it is written, relative to the app's directory. */
  readonly file: string;
}

/** Variables of the function that writes notices. */
export interface BlockNoticesEnvironment {
  readonly GATEWAY_NAME: string;
  /** Log group of the RESPONSE interceptor. */
  readonly LOG_GROUP: string;
  /** ARNs of topics, with commas between them. */
  readonly TOPIC_ARNS: string;
  /** Minutes that one notice covers. */
  readonly WINDOW_MINUTES: string;
}

/** Variables of the function that posts what a topic gets to a webhook. */
export interface WebhookEnvironment {
  readonly WEBHOOK_SECRET_ARN: string;
}

/** The secret of a webhook, as JSON. */
export interface WebhookSecret {
  /** Where notices are posted; HTTPS. */
  readonly url: string;
  /** Key that signs them: `whsec_` and base64, as Standard Webhooks have it. */
  readonly secret: string;
}

/** What the function shows notices of without telling anybody: denials of a time span, in milliseconds. */
export interface NoticePreview {
  readonly lines: readonly DenialLine[];
  readonly from: number;
  readonly to: number;
}
