import { App, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { describe, expect, it } from 'vitest';
import type { StepCheckContext } from '../../../lib/constructs/interceptors/interceptor-step';
import { SpoofResponse } from '../../../lib/constructs/interceptors/spoof-response';
import { TrustedContextStep } from '../../../lib/constructs/interceptors/trusted-context-step';
import { TrustedField, TrustedFieldType } from '../../../lib/constructs/interceptors/trusted-field';
import { buildFunction } from './build-function';

const TOOLS = ['Claims___query', 'Claims___update', 'Notes___read'];
const AROUND: StepCheckContext = {
  authorization: 'jwt',
  targets: ['Claims', 'Notes', 'Live'],
  requestHeaders: {},
  inputSchemas: {},
  tools: TOOLS,
  claims: ['sub', 'region', 'cognito:groups'],
};
const table = (sortKey?: string) =>
  new Table(new Stack(new App(), 'S'), 'People', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    ...(sortKey && { sortKey: { name: sortKey, type: AttributeType.STRING } }),
  });
const codes = (field: TrustedField, around: Partial<StepCheckContext> = {}, name = 'geography') =>
  field._findings(name, { ...AROUND, ...around }).map((finding) => finding.code);

describe('TrustedField', () => {
  it.each([
    [TrustedField.fromClaim('region'), { type: 'string', source: { kind: 'claim', claim: 'region' } }],
    [
      TrustedField.fromClaimChoice('cognito:groups', [{ includes: 'a', value: 'A' }]),
      { source: { kind: 'claim-choice', claim: 'cognito:groups', choices: [{ includes: 'a', value: 'A' }] } },
    ],
    [TrustedField.constant(3), { type: 'integer', source: { kind: 'constant', value: 3 } }],
    [TrustedField.constant(true), { type: 'boolean' }],
    [TrustedField.time(), { type: 'string', source: { kind: 'time', format: 'iso' } }],
    [TrustedField.epochSeconds(), { type: 'integer', source: { kind: 'time', format: 'epoch-seconds' } }],
    [
      TrustedField.fromClaim('level', { type: TrustedFieldType.INTEGER, description: 'Level' }),
      { type: 'integer', description: 'Level' },
    ],
    [
      TrustedField.fromTable(table(), {
        keyClaim: 'sub',
        keyAttribute: 'id',
        valueAttribute: 'region',
        cache: Duration.minutes(5),
      }),
      {
        source: {
          kind: 'lookup',
          tableVariable: 'TRUSTED_TABLE_geography',
          keyClaim: 'sub',
          keyAttribute: 'id',
          valueAttribute: 'region',
          cacheSeconds: 300,
        },
      },
    ],
  ])('becomes a field of every tool: %#', (field, expected) => {
    expect(field._resolve('geography', TOOLS)).toMatchObject({ name: 'geography', tools: TOOLS, ...expected });
  });

  it('joins the tools that it is meant for', () => {
    expect(TrustedField.time({ tools: ['Claims'] })._resolve('t', TOOLS).tools).toEqual([
      'Claims___query',
      'Claims___update',
    ]);
    expect(TrustedField.time({ tools: ['Notes___read'] })._resolve('t', TOOLS).tools).toEqual(['Notes___read']);
    const step = new TrustedContextStep({ a: TrustedField.time({ tools: ['Claims'] }), b: TrustedField.time() });
    expect(step.resolve(['Notes___read']).map((field) => field.name)).toEqual(['b']);
  });

  it('says how spoofing is met, and what is shown', () => {
    const field = TrustedField.time({ hideInResults: false, tools: ['Claims'] });
    const { config } = buildFunction('RESPONSE', () => [new TrustedContextStep({ t: field }, SpoofResponse.REJECT)]);
    expect(config.steps).toMatchObject([
      { onSpoof: 'reject', fields: [{ tools: ['Claims___query'], hideInResults: false }] },
    ]);
  });

  it('knows no finding when all is well', () => {
    expect(
      codes(TrustedField.fromClaim('region', { tools: ['Claims', 'Notes___read', 'Live___found_later'] })),
    ).toEqual([]);
    expect(
      codes(TrustedField.fromTable(table(), { keyClaim: 'sub', keyAttribute: 'id', valueAttribute: 'r' })),
    ).toEqual([]);
    expect(codes(TrustedField.time(), { authorization: 'none' })).toEqual([]);
    expect(codes(TrustedField.fromClaim('anything'), { claims: undefined })).toEqual([]);
  });

  it('finds tools, claims and names that cannot be', () => {
    expect(codes(TrustedField.time({ tools: ['Claims__query'] }))).toEqual(['INTERCEPTOR_UNKNOWN_TOOL']);
    expect(codes(TrustedField.fromClaim('regoin'))).toEqual(['INTERCEPTOR_UNKNOWN_CLAIM']);
    expect(codes(TrustedField.fromClaim('region'), { authorization: 'iam' })).toEqual([
      'INTERCEPTOR_CLAIM_WITHOUT_TOKEN',
    ]);
    for (const name of ['', '__proto__', 'a-b', '1a', 'x'.repeat(65)]) {
      expect(codes(TrustedField.time(), {}, name)).toEqual(['INTERCEPTOR_FIELD_NAME']);
    }
    expect(codes(TrustedField.fromClaimChoice('region', []))).toEqual(['INTERCEPTOR_FIELD_WITHOUT_CHOICES']);
    expect(codes(TrustedField.constant('1', { type: TrustedFieldType.INTEGER }))).toEqual(['INTERCEPTOR_FIELD_VALUE']);
    const [finding] = TrustedField.fromClaim('regoin')._findings('g', AROUND);
    expect(finding).toMatchObject({ severity: 'error', help: 'did you mean `region`?' });
  });

  it('finds tables that cannot be read by one key', () => {
    const options = { keyClaim: 'sub', keyAttribute: 'id', valueAttribute: 'region' };
    expect(codes(TrustedField.fromTable(table(), { ...options, keyAttribute: 'user' }))).toEqual([
      'INTERCEPTOR_TABLE_KEY',
    ]);
    expect(codes(TrustedField.fromTable(table('at'), options))).toEqual(['INTERCEPTOR_TABLE_SORT_KEY']);
    const other = new TableV2(new Stack(new App(), 'S'), 'T', {
      partitionKey: { name: 'user', type: AttributeType.STRING },
    });
    expect(codes(TrustedField.fromTable(other, options))).toEqual(['INTERCEPTOR_TABLE_KEY']);
    const imported = Table.fromTableName(new Stack(new App(), 'S'), 'T', 'people');
    expect(codes(TrustedField.fromTable(imported, options))).toEqual([]);
    expect(TrustedField.fromTable(imported, options)._table()).toBeUndefined();
  });
});
