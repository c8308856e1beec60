import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that a topic took, as its subscribers of each protocol get it. */
export interface Published {
  readonly topic: string;
  readonly subject: string;
  readonly byProtocol: { readonly [protocol: string]: string };
}

/** Source: Amazon SNS API reference, Publish. */
const MAX_BYTES = 262_144;
const TOPIC = /^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]{0,98}$/;

/** Amazon SNS as far as it publishes, by its query protocol: refuses what the service refuses. */
export class SnsDouble {
  readonly published: Published[] = [];
  /** Topics that exist. */
  readonly topics = new Set<string>();
  /** Requests that are throttled before one is answered. */
  throttled = 0;

  private readonly server = createServer((request, response) => void this.respond(request, response));

  async start(): Promise<string> {
    await new Promise<void>((ready) => void this.server.listen(0, '127.0.0.1', () => ready()));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const refusal = this.take(new URLSearchParams(Buffer.concat(chunks).toString()));
    const [status, body] =
      refusal === undefined
        ? [
            200,
            `<PublishResponse><PublishResult><MessageId>m-${this.published.length}</MessageId></PublishResult></PublishResponse>`,
          ]
        : [
            refusal === 'Throttled' ? 429 : 400,
            `<ErrorResponse><Error><Type>Sender</Type><Code>${refusal}</Code><Message>${refusal}</Message></Error></ErrorResponse>`,
          ];
    response.writeHead(status as number, { 'content-type': 'text/xml' });
    response.end(body);
  }

  /** The code of the error, if it is one. */
  private take(input: URLSearchParams): string | undefined {
    if (this.throttled > 0) {
      this.throttled--;
      return 'Throttled';
    }
    if (input.get('Action') !== 'Publish') return 'InvalidAction';
    const [topic, subject, message] = ['TopicArn', 'Subject', 'Message'].map((name) => input.get(name) ?? '') as [
      string,
      string,
      string,
    ];
    if (!TOPIC.test(topic) || !SUBJECT.test(subject) || Buffer.byteLength(message) > MAX_BYTES)
      return 'InvalidParameter';
    if (!this.topics.has(topic)) return 'NotFound';
    const byProtocol = input.get('MessageStructure') === 'json' ? byProtocolOf(message) : { default: message };
    if (typeof byProtocol?.['default'] !== 'string') return 'InvalidParameter';
    this.published.push({ topic, subject, byProtocol });
    return undefined;
  }
}

function byProtocolOf(message: string): { [protocol: string]: string } | undefined {
  try {
    return JSON.parse(message) as { [protocol: string]: string };
  } catch {
    return undefined;
  }
}
