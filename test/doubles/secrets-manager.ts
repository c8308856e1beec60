import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../lib/contract/json';

/** What an operation refuses with. */
class Refused extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

type Input = { readonly [member: string]: unknown };

/**
 * One secret of AWS Secrets Manager that speaks its protocol. Labels move as the API reference says: `AWSPREVIOUS` follows `AWSCURRENT`, a label
 * is taken only from the version that is named, and a version without a label is not described.
 */
export class SecretsManagerDouble {
  readonly arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:Proof-abcdef';
  /** Values by version; undefined for one that a rotation has begun and not filled. */
  readonly versions = new Map<string, string | undefined>([['first', 'value-first']]);
  readonly labels = new Map<string, string>([['AWSCURRENT', 'first']]);
  /** Operations in the order in which they came, with what they named. */
  readonly asked: string[] = [];
  /** What the next operation is refused with, once. */
  refusesOnce: string | undefined;

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
    const operation = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
    const send = (status: number, body: JsonObject): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    };
    try {
      send(200, this.answer(operation, JSON.parse(Buffer.concat(chunks).toString()) as Input));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      send(400, { __type: error.type, Message: error.message });
    }
  }

  private answer(operation: string, input: Input): JsonObject {
    this.asked.push(operation);
    const refusal = this.refusesOnce;
    this.refusesOnce = undefined;
    if (refusal !== undefined) throw new Refused(refusal, 'refused');
    if (input['SecretId'] !== this.arn) throw new Refused('ResourceNotFoundException', 'no such secret');
    switch (operation) {
      case 'DescribeSecret':
        return { ARN: this.arn, VersionIdsToStages: this.stages() };
      case 'GetSecretValue':
        return this.get((input['VersionId'] as string | undefined) ?? this.labels.get('AWSCURRENT') ?? '');
      case 'PutSecretValue':
        return this.put(String(input['ClientRequestToken']), String(input['SecretString']), input['VersionStages']);
      case 'UpdateSecretVersionStage':
        return this.move(String(input['VersionStage']), input['MoveToVersionId'], input['RemoveFromVersionId']);
      default:
        throw new Refused('InvalidRequestException', `unexpected ${operation}`);
    }
  }

  private stages(): { [versionId: string]: string[] } {
    const stages: { [versionId: string]: string[] } = {};
    for (const [label, version] of this.labels) stages[version] = [...(stages[version] ?? []), label];
    return stages;
  }

  private get(versionId: string): JsonObject {
    const value = this.versions.get(versionId);
    if (value === undefined) throw new Refused('ResourceNotFoundException', 'no value for this version');
    return { ARN: this.arn, VersionId: versionId, SecretString: value };
  }

  private put(versionId: string, value: string, labels: unknown): JsonObject {
    const known = this.versions.get(versionId);
    if (known !== undefined && known !== value) throw new Refused('ResourceExistsException', 'another value');
    this.versions.set(versionId, value);
    for (const label of labels as string[]) this.labels.set(label, versionId);
    return { ARN: this.arn, VersionId: versionId };
  }

  private move(label: string, to: unknown, from: unknown): JsonObject {
    const holder = this.labels.get(label);
    if (holder !== from) throw new Refused('InvalidParameterException', `the label is at ${String(holder)}`);
    if (!this.versions.has(String(to))) throw new Refused('ResourceNotFoundException', 'no such version');
    this.labels.set(label, String(to));
    if (label === 'AWSCURRENT' && holder !== undefined) this.labels.set('AWSPREVIOUS', holder);
    return { ARN: this.arn };
  }
}
