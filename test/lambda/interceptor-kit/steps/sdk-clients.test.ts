import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyGuardrail } from '../../../../lambda/interceptor-kit/sdk/bedrock-guardrail';
import { readItem } from '../../../../lambda/interceptor-kit/sdk/dynamodb-item';
import { putRecord } from '../../../../lambda/interceptor-kit/sdk/firehose-record';
import { exchangeWithSts } from '../../../../lambda/interceptor-kit/sdk/sts-exchange';

/** What a stand-in was asked, and what it answers next. */
const asked: { path: string; target: string; body: string }[] = [];
let answer = { status: 200, type: 'application/json', body: '' };

let http: Server;
let http2: Http2Server;
const signal = new AbortController().signal;
const portOf = (server: Server | Http2Server): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  http = createServer((request, response) => void respond(request, response));
  http2 = createHttp2Server((request, response) => void respond(request, response));
  await Promise.all(
    [http, http2].map((server) => new Promise<void>((ready) => void server.listen(0, '127.0.0.1', () => ready()))),
  );
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${portOf(http)}`,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: `http://127.0.0.1:${portOf(http2)}`,
  });
});

afterAll(() => {
  http.closeAllConnections();
  http.close();
  http2.close();
});

async function respond(
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
): Promise<void> {
  const body = await textOf(request);
  asked.push({ path: request.url ?? '', target: String(request.headers['x-amz-target'] ?? ''), body });
  response.writeHead(answer.status, { 'content-type': answer.type });
  response.end(answer.body);
}

async function textOf(request: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function answers(body: object | string, type = 'application/x-amz-json-1.0', status = 200): void {
  asked.length = 0;
  answer = { status, type, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

describe('readItem', () => {
  it('reads the named attributes of one item', async () => {
    const Item = {
      region: { S: 'EU' },
      level: { N: '3' },
      rate: { N: '0.5' },
      big: { N: '9007199254740993' },
      on: { BOOL: true },
      list: { L: [] },
    };
    answers({ Item });
    const query = { table: 'people', keyAttribute: 'id', key: 'ann', attributes: ['region', 'level'] };
    expect(await readItem(query, signal)).toEqual({ region: 'EU', level: 3, rate: 0.5, on: true });
    expect(asked[0]?.target).toBe('DynamoDB_20120810.GetItem');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      TableName: 'people',
      Key: { id: { S: 'ann' } },
      ProjectionExpression: '#a0, #a1',
      ExpressionAttributeNames: { '#a0': 'region', '#a1': 'level' },
    });
  });

  it('knows no item when there is none, and rejects when it cannot read', async () => {
    answers({});
    expect(await readItem({ table: 't', keyAttribute: 'id', key: 7, attributes: ['a'] }, signal)).toBeUndefined();
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ Key: { id: { N: '7' } } });
    answers({ __type: 'com.amazonaws.dynamodb.v20120810#AccessDeniedException', message: 'no' }, undefined, 400);
    await expect(readItem({ table: 't', keyAttribute: 'id', key: 'x', attributes: ['a'] }, signal)).rejects.toThrow();
  });
});

describe('putRecord', () => {
  it('puts one line', async () => {
    answers({ RecordId: '1' }, 'application/x-amz-json-1.1');
    await putRecord('audit', '{"audit":1}', signal);
    expect(asked[0]?.target).toBe('Firehose_20150804.PutRecord');
    const { DeliveryStreamName, Record } = JSON.parse(asked[0]?.body ?? '');
    expect([DeliveryStreamName, Buffer.from(Record.Data, 'base64').toString()]).toEqual(['audit', '{"audit":1}\n']);
  });
});

describe('exchangeWithSts', () => {
  const credentials = `<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>shh</SecretAccessKey><SessionToken>tok</SessionToken><Expiration>2026-11-20T11:00:00Z</Expiration></Credentials>`;
  const request = {
    role: 'arn:aws:iam::111122223333:role/r',
    sessionName: 'ann',
    subject: 'ann',
    durationSeconds: 900,
    tags: { tenant: 'eu' },
  };
  const given = {
    accessKeyId: 'ASIA1',
    secretAccessKey: 'shh',
    sessionToken: 'tok',
    expires: new Date('2026-11-20T11:00:00Z'),
  };

  it('assumes a role with session tags', async () => {
    answers(
      `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`,
      'text/xml',
    );
    expect(await exchangeWithSts(request, signal)).toEqual(given);
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toMatchObject({
      Action: 'AssumeRole',
      RoleSessionName: 'ann',
      DurationSeconds: '900',
      'Tags.member.1.Key': 'tenant',
      'Tags.member.1.Value': 'eu',
    });
  });

  it('gives the caller’s token to STS', async () => {
    answers(
      `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>${credentials}</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
      'text/xml',
    );
    expect(await exchangeWithSts({ ...request, tags: {}, token: 'jwt' }, signal)).toEqual(given);
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toMatchObject({
      Action: 'AssumeRoleWithWebIdentity',
      WebIdentityToken: 'jwt',
    });
  });

  it('rejects an answer without credentials', async () => {
    answers('<AssumeRoleResponse><AssumeRoleResult></AssumeRoleResult></AssumeRoleResponse>', 'text/xml');
    await expect(exchangeWithSts(request, signal)).rejects.toThrow('STS gave no credentials');
  });
});

describe('applyGuardrail', () => {
  it('asks about every text and reads the masked ones', async () => {
    answers(
      {
        action: 'GUARDRAIL_INTERVENED',
        outputs: [{ text: '{NAME}' }],
        assessments: [
          {
            sensitiveInformationPolicy: {
              piiEntities: [{ action: 'ANONYMIZED', match: 'bob', type: 'NAME' }],
              regexes: [],
            },
          },
        ],
        usage: {},
      },
      'application/json',
    );
    const verdict = await applyGuardrail({ id: 'g1', version: '2', source: 'INPUT', texts: ['bob'] }, signal);
    expect(verdict).toEqual({ action: 'masked', texts: ['{NAME}'] });
    expect(asked[0]?.path).toBe('/guardrail/g1/version/2/apply');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ source: 'INPUT', content: [{ text: { text: 'bob' } }] });
  });
});
