import { describe, expect, it } from 'vitest';
import { maskPii } from '../../../../lambda/interceptor-kit/steps/redaction/pii';
import { redaction } from '../../../../lambda/interceptor-kit/steps/redaction/redaction';
import {
  message,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryResponse,
} from '../../../../lambda/interceptor-kit/testing';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import type { PersonalData, RedactionConfig } from '../../../../lib/contract/steps/redaction';
import { expectResult } from '../expect-output';

const visibleTo = { claim: 'cognito:groups', values: ['auditors'] };
const AUDITOR = { claims: { sub: 'a', 'cognito:groups': ['auditors'] } };
const config = (more: Partial<RedactionConfig> = {}): RedactionConfig => ({
  fields: [
    { tools: ['Claims'], paths: ['claims.ssn', '**.secret'], visibleTo },
    { tools: ['Claims___query'], paths: ['claims.*.iban'], replacement: '***' },
  ],
  patterns: [],
  opaqueContent: 'withhold',
  ...more,
});
const attempt = (result: JsonObject, caller = {}, settings = config(), call = toolCall('Claims___query')) =>
  tryResponse([redaction(settings)], responseEvent(call, resultOf(result), caller));
const FULL: JsonValue = {
  claims: [
    { id: 1, SSN: '1', bank: { iban: 'x', secret: 's' } },
    { id: 2, ssn: ['2'], iban: 'kept' },
  ],
  secret: { a: 1 },
};
const MASKED: JsonValue = {
  claims: [
    { id: 1, bank: { iban: '***' } },
    { id: 2, iban: 'kept' },
  ],
};

describe('redaction of fields', () => {
  it('masks text, JSON text and structured content alike', async () => {
    expectResult(await attempt(toolResult(FULL, true)), toolResult(MASKED, true));
    const nested = { content: [{ type: 'text', text: JSON.stringify(JSON.stringify(FULL)) }] };
    expectResult(await attempt(nested), { content: [{ type: 'text', text: JSON.stringify(JSON.stringify(MASKED)) }] });
    const embedded = (value: JsonValue) => ({
      content: [{ type: 'resource', resource: { uri: 'u', text: JSON.stringify(value) } }],
    });
    expectResult(await attempt(embedded(FULL)), embedded(MASKED));
  });

  it('shows fields to those who may see them', async () => {
    const shown: JsonObject = {
      ...(FULL as JsonObject),
      claims: [
        { id: 1, SSN: '1', bank: { iban: '***', secret: 's' } },
        { id: 2, ssn: ['2'], iban: 'kept' },
      ],
    };
    expectResult(await attempt(toolResult(FULL), AUDITOR), toolResult(shown));
  });

  it('masks for callers without claims', async () => {
    const event = responseEvent(toolCall('Claims___query'), resultOf(toolResult(FULL)), AUDITOR);
    const output = await tryResponse([redaction(config())], event, { config: { authorization: 'iam' } });
    expectResult(output, toolResult(MASKED));
  });

  it('withholds what it cannot search', async () => {
    const opaque: JsonObject = {
      content: [
        { type: 'text', text: 'SSN 1' },
        { type: 'image', data: 'x' },
        { type: 'text', text: '42' },
      ],
      _meta: { debug: 'SSN 1' },
    };
    expectResult(await attempt(opaque), {
      content: [
        { type: 'text', text: '[withheld]' },
        { type: 'text', text: '[withheld]' },
      ],
    });
    expectResult(await attempt(opaque, {}, config({ opaqueContent: 'keep' })), opaque);
    const failed = { content: [{ type: 'text', text: 'no such claim' }], isError: true };
    expectResult(await attempt(failed), failed);
  });

  it('takes from errors what a target attached', async () => {
    const body = { jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'failed', data: { ssn: '1' } } };
    const output = await tryResponse([redaction(config())], responseEvent(toolCall('Claims___query'), body));
    expect(output.mcp.transformedGatewayResponse?.body).toEqual({
      ...body,
      error: { code: -32000, message: 'failed' },
    });
  });

  it('leaves other tools, and texts without such fields, to the byte', async () => {
    expectResult(await attempt(toolResult(FULL), {}, config(), toolCall('Notes___read')), toolResult(FULL));
    const text = { content: [{ type: 'text', text: '{ "claims": [ {"id": 12345678901234567890} ] }' }] };
    expectResult(await attempt(text), text);
  });

  it('masks members of objects with a hostile prototype member', async () => {
    const value = JSON.parse('{"claims":[{"__proto__":{"secret":1},"ssn":1}]}') as JsonValue;
    const output = expectResult(await attempt(toolResult(value)));
    expect(JSON.stringify(output)).toBe(
      JSON.stringify(toolResult(JSON.parse('{"claims":[{"__proto__":{}}]}') as JsonValue)),
    );
  });
});

describe('redaction of personal data', () => {
  it.each<[PersonalData, string, string]>([
    ['email', 'write to ann.b+c@mail.example.co.uk!', 'write to [email]!'],
    ['email', 'ünï@exämple.de', '[email]'],
    ['phone', 'call +49 (30) 1234-5678 now', 'call [phone] now'],
    ['phone', 'call (555) 123-4567.', 'call [phone].'],
    ['payment-card', 'card 4111 1111 1111 1111', 'card [payment-card]'],
    ['payment-card', 'card 4111-1111-1111-1111,', 'card [payment-card],'],
    ['iban', 'to DE89 3704 0044 0532 0130 00', 'to [iban]'],
    ['us-ssn', 'ssn 123-45-6789', 'ssn [us-ssn]'],
    ['ip-address', 'from 192.168.0.1:443', 'from [ip-address]:443'],
    ['ip-address', 'from 192.168.0.1, 2001:db8::1', 'from [ip-address], [ip-address]'],
    ['aws-access-key', 'AKIAABCDEFGHIJKLMNOP', '[aws-access-key]'],
    ['bearer-token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', '[bearer-token]'],
  ])('%s: %s', (kind, text, masked) => {
    expect(maskPii(text, [kind])).toBe(masked);
  });

  it.each<[PersonalData, string]>([
    ['payment-card', 'order 4111111111111112'],
    ['payment-card', '0000000000000000'],
    ['us-ssn', '000-12-3456 and 666-12-3456 and 123-45-67890'],
    ['iban', 'DE89 3704 0044 0532 0130 01'],
    ['phone', 'on 2026-11-20 at 10:00, order 123456789'],
    ['phone', '550e8400-e29b-41d4-a716-446655440000'],
    ['ip-address', 'version 1.2.3.4.5 and 999.1.1.1'],
    ['email', 'a @ b.c and @handle'],
  ])('takes no %s out of: %s', (kind, text) => {
    expect(maskPii(text, [kind])).toBe(text);
  });

  it('reads long texts in linear time', () => {
    const texts = [
      'a'.repeat(200_000),
      '1'.repeat(200_000),
      '1 '.repeat(100_000),
      'a.'.repeat(100_000),
      ':'.repeat(200_000),
      'DE89'.repeat(50_000),
    ];
    for (const text of texts)
      expect(
        maskPii(text, [
          'email',
          'phone',
          'payment-card',
          'iban',
          'us-ssn',
          'ip-address',
          'bearer-token',
          'aws-access-key',
        ]).length,
      ).toBeGreaterThan(0);
  });

  const patterns = [{ tools: ['*'], kinds: ['email', 'payment-card'] as const, visibleTo }];
  const byPattern = config({ fields: [], patterns });

  it('masks every text of a result, and numbers that are cards', async () => {
    const value = { mail: 'a@b.example', list: ['x a@b.example y'], card: 4111111111111111, id: 7 };
    const masked = { mail: '[email]', list: ['x [email] y'], card: '[payment-card]', id: 7 };
    expectResult(await attempt(toolResult(value, true), {}, byPattern), toolResult(masked, true));
    const prose: JsonObject = {
      content: [
        { type: 'text', text: 'ask a@b.example' },
        { type: 'resource_link', uri: 'mailto:a@b.example' },
      ],
      _meta: { by: 'a@b.example' },
    };
    expectResult(await attempt(prose, {}, byPattern), {
      content: [
        { type: 'text', text: 'ask [email]' },
        { type: 'resource_link', uri: 'mailto:[email]' },
      ],
      _meta: { by: '[email]' },
    });
    expectResult(await attempt(prose, AUDITOR, byPattern), prose);
  });

  it('masks errors, questions of the server and resources, but no tool lists', async () => {
    const body = { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'no a@b.example' } };
    const output = await tryResponse([redaction(byPattern)], responseEvent(toolCall('T___x'), body));
    expect(output.mcp.transformedGatewayResponse?.body).toMatchObject({
      error: { code: -32603, message: 'no [email]' },
    });
    const question = {
      body: { jsonrpc: '2.0', id: 1, method: 'elicitation/create', params: { message: 'Is it a@b.example?' } },
    };
    const asked = await tryResponse([redaction(byPattern)], responseEvent(toolCall('T___x'), question));
    expect(asked.mcp.transformedGatewayResponse?.body).toMatchObject({ params: { message: 'Is it [email]?' } });
    const read = { contents: [{ uri: 'u', text: 'a@b.example' }] };
    expectResult(await attempt(read, {}, byPattern, message('resources/read', { uri: 'u' })), {
      contents: [{ uri: 'u', text: '[email]' }],
    });
    const tools = { tools: [{ name: 'T___x', description: 'Like a@b.example', inputSchema: {} }] };
    expectResult(await attempt(tools, {}, byPattern, message('tools/list')), tools);
  });
});

describe('redaction, places to hide', () => {
  const secrets = { ...config(), fields: [{ tools: ['Claims'], paths: ['**.ssn'] }] };
  const hidden = async (result: JsonObject, settings: RedactionConfig = secrets): Promise<string> =>
    JSON.stringify(await attempt(result, {}, settings));
  const text = (value: string, more: JsonObject = {}): JsonObject => ({
    content: [{ type: 'text', text: value, ...more }],
  });

  it.each<[string, JsonObject]>([
    [
      'JSON text inside of JSON',
      text(JSON.stringify({ statusCode: 200, body: JSON.stringify({ a: { ssn: 'S3CRET' } }) })),
    ],
    ['a member that comes again', text('{"a":{"ssn":"S3CRET"},"a":{}}')],
    ['metadata of a text', text('{}', { _meta: { ssn: 'S3CRET' } })],
    ['a content that is no list', { content: 'S3CRET' }],
    ['a text member beside content', { content: [], note: 'S3CRET' }],
    ['structured content that is a text', { content: [], structuredContent: 'S3CRET' }],
    ['bytes beside a text', { content: [{ type: 'resource', resource: { uri: 'u', text: '{}', blob: 'S3CRET' } }] }],
    [
      'metadata of a resource',
      { content: [{ type: 'resource', resource: { uri: 'u', text: '{}' }, _meta: { ssn: 'S3CRET' } }] },
    ],
    ['a list in metadata', { content: [], _meta: { list: [{ ssn: 'S3CRET' }] } }],
    ['JSON in a text beside a text', text('{}', { note: '{"ssn":"S3CRET"}' })],
  ])('finds %s', async (_where, result) => {
    expect(JSON.stringify(result)).toContain('S3CRET');
    expect(await hidden(result)).not.toContain('S3CRET');
    // Where prose may pass, fields may not.
    if (JSON.stringify(result).includes('ssn')) {
      expect(await hidden(result, { ...secrets, opaqueContent: 'keep' })).not.toContain('S3CRET');
    }
  });

  it('finds fields in a text beside bytes that may pass', async () => {
    const resource = { uri: 'u', text: '{"ssn":"S3CRET"}', blob: 'AAAA' };
    const output = await hidden({ content: [{ type: 'resource', resource }] }, { ...secrets, opaqueContent: 'keep' });
    expect(output).not.toContain('S3CRET');
    expect(output).toContain('AAAA');
  });

  it('leaves out members beside the result, and data of errors', async () => {
    const call = toolCall('Claims___query');
    const bodies: JsonObject[] = [
      { ...resultOf(toolResult({})), debug: { ssn: 'S3CRET' } },
      { jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'm', data: { details: ['S3CRET'] }, more: 'S3CRET' } },
      { jsonrpc: '2.0', id: 1, error: { code: -32002, message: 'm', data: { reason: 'S3CRET', requestId: 'S3CRET' } } },
    ];
    for (const body of bodies) {
      const output = await tryResponse([redaction(secrets)], responseEvent(call, body));
      expect(JSON.stringify(output)).not.toContain('S3CRET');
    }
  });

  it.each([
    '{"mail":"a\\u0040b.example"}',
    JSON.stringify({ body: '{"mail":"a\\u0040b.example"}' }),
    JSON.stringify(JSON.stringify({ mail: 'a@b.example' })),
    '{"\\u0061@b.example":1}',
    '{"mail":"a@b.example","mail":"x"}',
  ])('masks personal data in %s, however letters are written, and keeps it JSON', async (json) => {
    const settings = { ...config(), fields: [], patterns: [{ tools: ['*'], kinds: ['email'] as const }] };
    const result = expectResult(await attempt(text(json), {}, settings));
    const [block] = result['content'] as JsonObject[];
    let inner: unknown = block?.['text'];
    for (let depth = 0; depth < 3 && typeof inner === 'string'; depth++) inner = JSON.parse(inner);
    expect(JSON.stringify(inner)).not.toMatch(/b\.example|u0040/);
  });

  it('leaves texts in which nothing is hidden as they are, to the byte', async () => {
    const given = text('{ "n": 12345678901234567890, "s": "\\"a\\": {\\u0041", "inner": "{ \\"b\\" : 1.0 }" }', {
      annotations: { priority: 1 },
    });
    const kept = await attempt(given, {}, { ...secrets, opaqueContent: 'keep' });
    expectResult(kept, given);
    const typed = { content: [], resultType: 'complete' };
    expectResult(await attempt(typed, {}, secrets), typed);
  });

  it('masks personal data in the names of members, and loses none of them', async () => {
    const settings = { ...config(), fields: [], patterns: [{ tools: ['*'], kinds: ['email'] as const }] };
    const people = { 'ann@example.com': 1, 'bob@example.com': { 'eve@example.com': 2 }, plain: 3 };
    const masked = { '[email]': 1, '[email] 2': { '[email]': 2 }, plain: 3 };
    expectResult(await attempt(toolResult(people, true), {}, settings), toolResult(masked, true));
  });
});
