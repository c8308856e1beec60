import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { assumeCallerRole, defineTool } from '../../../lambda/tool-kit';
import { call, recordingLog } from './call';

/** What the stand-in for STS was asked, and what it answers. */
const asked: URLSearchParams[] = [];
let answer = { status: 200, body: '' };
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      asked.push(new URLSearchParams(body));
      response.writeHead(answer.status, { 'content-type': 'text/xml' });
      response.end(answer.body);
    });
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', () => ready()));
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const tool = (roleArn: string) =>
  defineTool({
    name: 'list_files',
    description: 'Lists the files of the caller',
    input: z.object({}),
    trusted: z.object({ tenant: z.string(), caller: z.string() }),
    handler: async (_input, { trusted }) => {
      const { accessKeyId } = await assumeCallerRole({
        roleArn,
        tags: { tenant: trusted.tenant },
        sessionName: trusted.caller,
      });
      return accessKeyId === 'ASIA1' ? ['a.txt'] : [];
    },
  });
const ARGS = { tenant: 'eu', caller: 'ann' };

describe('a tool that acts as its caller', () => {
  it('gets credentials of STS with what the interceptor vouches for', async () => {
    const given =
      '<AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>shh</SecretAccessKey><SessionToken>tok</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>';
    const xmlns = 'https://sts.amazonaws.com/doc/2011-06-15/';
    answer = {
      status: 200,
      body: `<AssumeRoleResponse xmlns="${xmlns}"><AssumeRoleResult><Credentials>${given}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    };
    const { handler } = recordingLog(tool('arn:aws:iam::111122223333:role/files'));
    expect(await call(handler, 'Files___list_files', ARGS)).toEqual(['a.txt']);
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
      Action: 'AssumeRole',
      RoleArn: 'arn:aws:iam::111122223333:role/files',
      RoleSessionName: 'ann',
      DurationSeconds: '900',
      'Tags.member.1.Key': 'tenant',
      'Tags.member.1.Value': 'eu',
    });
  });

  it('fails without words of STS when it is refused', async () => {
    const text = 'User arn:aws:sts::1:x is not authorized';
    answer = {
      status: 403,
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${text}</Message></Error></ErrorResponse>`,
    };
    const { handler, entries } = recordingLog(tool('arn:aws:iam::111122223333:role/other'));
    const result = await call(handler, 'Files___list_files', ARGS);
    expect(result).toMatchObject({
      error: { code: 'FAILED', message: 'The tool could not complete the call.', requestId: 'request-1' },
    });
    expect(entries).toMatchObject([{ level: 'error', tool: 'list_files', errorType: 'AccessDenied' }]);
  });

  it('is denied when nobody vouches for the caller, and asks nobody', async () => {
    asked.length = 0;
    const { handler } = recordingLog(tool('arn:aws:iam::111122223333:role/third'));
    expect(await call(handler, 'Files___list_files', { tenant: 'eu' })).toMatchObject({ error: { code: 'DENIED' } });
    expect(asked).toEqual([]);
  });
});
