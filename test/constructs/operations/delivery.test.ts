import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { DeliveryStream, S3Bucket } from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import { DataIdentifier, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatewayLogs, GatewayTraces, GovernedGateway, LogDestination, Observability } from '../../../lib';
import { fieldPatterns } from '../../../lib/constructs/operations/delivery/masking-policy';
import type { JsonObject } from '../../../lib/contract/json';
import type { GatewayManifest } from '../../../lib/contract/manifest';
import { notesProps, stackWith } from '../notes-gateway';
import { findingsOf } from '../synth-findings';
import { createdBefore, idsOf } from '../template-order';
import { checkByAllRules } from '../template-rules';
import { specErrors } from '../template-spec';

const ENV = { account: '111122223333', region: 'eu-west-1' };

function elsewhere(): { app: App; stack: Stack; gateway: ReturnType<typeof imported> } {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Operations', { env: ENV });
  return { app, stack, gateway: imported(stack) };
}

const imported = (stack: Stack, id = 'notes') =>
  GovernedGateway.fromGovernedGatewayAttributes(stack, id, {
    gatewayId: `${id}-a1b2c3d4e5`,
    policyEngineId: 'Notes-abcdefghij',
  });

describe('a gateway with standard observability', () => {
  const app = new App({ analyticsReporting: false });
  checkByAllRules(app);
  const keys = new Stack(app, 'Keys', { env: ENV });
  const { stack, gateway } = stackWith(
    {
      ...notesProps(),
      logRetention: RetentionDays.THREE_MONTHS,
      encryptionKey: new kms.Key(keys, 'Key', { enableKeyRotation: true }),
      observability: Observability.standard({ maskedFields: ['text', 'owner.name'] }),
    },
    app,
    ENV,
  );
  const found = findingsOf(app);
  const template = Template.fromStack(stack);
  const deliveries = idsOf(template, 'AWS::Logs::Delivery');

  // Covers gateway.log-delivery
  it('delivers the application log to the vended prefix and spans to X-Ray', () => {
    template.hasResourceProperties('AWS::Logs::DeliverySource', {
      LogType: 'APPLICATION_LOGS',
      ResourceArn: stack.resolve(gateway.gatewayArn),
    });
    template.hasResourceProperties('AWS::Logs::DeliveryDestination', {
      DeliveryDestinationType: 'CWL',
      OutputFormat: 'json',
      DestinationResourceArn: Match.not(Match.stringLikeRegexp(':\\*$')),
    });
    template.hasResourceProperties('AWS::Logs::DeliverySource', { LogType: 'TRACES' });
    template.hasResourceProperties('AWS::Logs::DeliveryDestination', {
      DeliveryDestinationType: 'XRAY',
      DestinationResourceArn: Match.absent(),
    });

    const names = [
      ...idsOf(template, 'AWS::Logs::DeliverySource'),
      ...idsOf(template, 'AWS::Logs::DeliveryDestination'),
    ];
    const resources = template.toJSON()['Resources'] as { [id: string]: { Properties: { Name: string } } };
    for (const id of names) expect(resources[id]?.Properties.Name).toMatch(/^[\w-]{1,60}$/);
  });

  it('creates everything in an order that deploys, one delivery after the other', () => {
    expect(deliveries).toHaveLength(2);
    const [first = '', second = ''] = deliveries.sort(
      (a, b) => createdBefore(template, a).size - createdBefore(template, b).size,
    );
    const before = createdBefore(template, second);
    expect(before).toContain(first);
    for (const type of ['DeliverySource', 'DeliveryDestination']) {
      for (const id of idsOf(template, `AWS::Logs::${type}`)) expect(before).toContain(id);
    }
    for (const id of idsOf(template, 'AWS::XRay::ResourcePolicy')) expect(before).toContain(id);
  });

  it('keeps the log as the gateway keeps its others, with fields and personal data masked', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: {
        'Fn::Join': ['', ['/aws/vendedlogs/bedrock-agentcore/gateway/APPLICATION_LOGS/', Match.anyValue()]],
      },
      RetentionInDays: 90,
      KmsKeyId: Match.anyValue(),
      DataProtectionPolicy: {
        Configuration: { CustomDataIdentifier: [{ Name: 'Fields1', Regex: Match.stringLikeRegexp('text=') }] },
        Statement: Match.arrayWith([Match.objectLike({ Operation: { Deidentify: { MaskConfig: {} } } })]),
      },
    });
  });

  // Covers gateway.xray
  it('lets only the log delivery of this account write spans of this gateway', () => {
    const [policy] = Object.values(template.findResources('AWS::XRay::ResourcePolicy'));
    const text = JSON.stringify(policy);
    for (const part of ['delivery.logs.amazonaws.com', 'xray:PutTraceSegments', 'aws:SourceAccount', 'GatewayArn']) {
      expect(text).toContain(part);
    }
    template.resourceCountIs('AWS::XRay::TransactionSearchConfig', 0);
    template.resourceCountIs('AWS::Logs::ResourcePolicy', 0);
  });

  it('says at synth what is stored, and what the account needs', () => {
    Annotations.fromStack(stack).hasInfo('*', Match.stringLikeRegexp('in clear text, in CloudWatch Logs for 90 days'));
    Annotations.fromStack(stack).hasInfo('*', Match.stringLikeRegexp('nobody sees `text`, `owner.name`'));
    expect(found).toEqual(['OBSERVABILITY_TRANSACTION_SEARCH at Notes/Gateway/Observability/Traces']);
  });

  it('counts denials where the answer passes, without another interceptor', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    const described = functions.map(({ Properties }) => (Properties as { Description?: string }).Description ?? '');
    expect(described.filter((text) => text.includes('interceptor'))).toEqual([
      'RESPONSE interceptor of an AgentCore gateway',
    ]);
    expect(gateway.denialLogGroup).toBeDefined();
    expect(gateway.functions.interceptors).toHaveLength(1);
    expect([gateway.functions.tools?.length, gateway.functions.policyHandlers?.length]).toEqual([1, 2]);
    const directory = app.synth().directory;
    const manifest = readFileSync(join(directory, `${stack.artifactId}.Gateway.gateway.json`), 'utf8');
    const { interceptors } = JSON.parse(manifest) as GatewayManifest;
    const config = readFileSync(join(directory, interceptors.response?.asset ?? '', 'config.json'), 'utf8');
    expect(JSON.parse(config)).toMatchObject({
      steps: [
        { step: 'denials', tools: expect.arrayContaining(['notes___read_note']), maskedFields: ['text', 'owner.name'] },
      ],
    });
  });

  it('says nothing that the resource specification does not know', () => {
    expect(specErrors(template.toJSON() as JsonObject)).toEqual([]);
  });
});

describe('parts of it, for gateways of another app', () => {
  const { app, stack, gateway } = elsewhere();
  const bucket = new Bucket(stack, 'Bucket', {
    enforceSSL: true,
    serverAccessLogsPrefix: 'access/',
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  });
  const stream = new DeliveryStream(stack, 'Stream', { destination: new S3Bucket(bucket) });
  const second = imported(stack, 'second');
  new GatewayLogs(stack, 'ToBucket', { gateway, destination: LogDestination.s3(bucket) });
  new GatewayLogs(stack, 'ToStream', {
    gateway: second,
    destination: LogDestination.firehose(stream),
    maskedFields: ['ssn'],
  });
  new GatewayLogs(stack, 'ToGroup', {
    gateway: imported(stack, 'third'),
    destination: LogDestination.cloudWatch({ maskedData: [DataIdentifier.NAME] }),
  });
  for (const [id, traced] of Object.entries({ A: gateway, B: second })) {
    new GatewayTraces(stack, `Traces${id}`, { gateway: traced });
    Validations.of(stack).acknowledge({ id: 'governed-gateway::OBSERVABILITY_TRANSACTION_SEARCH', reason: 'it is on' });
  }
  const found = findingsOf(app);
  const template = Template.fromStack(stack);

  // Covers gateway.log-delivery
  it('write to a bucket with a policy, and to a stream with a tag', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:PutObject',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Condition: Match.objectLike({ ArnLike: Match.anyValue() }),
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      Tags: [{ Key: 'LogDeliveryEnabled', Value: 'true' }],
    });
  });

  it('share one resource policy of X-Ray, and come one after the other', () => {
    template.resourceCountIs('AWS::XRay::ResourcePolicy', 1);
    const sizes = idsOf(template, 'AWS::Logs::Delivery').map(
      (id) =>
        [...createdBefore(template, id)].filter((before) => idsOf(template, 'AWS::Logs::Delivery').includes(before))
          .length,
    );
    expect(sizes).toEqual([0, 1, 2, 3, 4]);
  });

  it('find fields that stay readable', () => {
    expect(found).toEqual(['OBSERVABILITY_NOT_MASKED at Operations/ToStream']);
  });

  it('are what the resource specification knows', () => {
    expect(specErrors(template.toJSON() as JsonObject)).toEqual([]);
  });
});

describe('masked fields', () => {
  /** As the service writes arguments: `{a=1, b={c=2}}`. */
  const javaMap = (value: unknown): string =>
    typeof value === 'object' && value !== null
      ? `{${Object.entries(value)
          .map(([key, member]) => `${key}=${javaMap(member)}`)
          .join(', ')}}`
      : String(value);
  const SECRET = 'top-secret';
  const text = fc.stringMatching(/^[ A-Za-z0-9äé,.=-]{0,12}$/);

  // Covers assumed.masking-raw-lines
  it.each([
    [
      'arguments',
      (args: object) => JSON.stringify({ body: { requestBody: javaMap({ params: { arguments: args } }) } }),
    ],
    [
      'JSON text in results',
      (args: object) => JSON.stringify({ responseBody: javaMap({ text: JSON.stringify(args) }) }),
    ],
  ])('hide the value of %s, and leave the members around it', (_, render) => {
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (before, inside, after, nested) => {
        const value = `${inside}${SECRET}`;
        const line = render({ before, ssn: nested ? { deep: value } : value, after });
        const event = `{"request_id":"r-1",${line.slice(1, -1)},"trace_id":"t-1"}`;
        const shown = fieldPatterns(['other', 'ssn']).reduce(
          (rest, each) => rest.replace(new RegExp(each, 'g'), '***'),
          event,
        );
        expect(shown).not.toContain(SECRET);
        expect(shown).toContain('"request_id":"r-1"');
        expect(shown).toContain('"trace_id":"t-1"');
      }),
      { numRuns: 200 },
    );
  });

  // Covers gateway.masking, assumed.masking-codes
  it('fit into the patterns that the service takes, or say that they do not', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `field_${index}`);
    for (const pattern of fieldPatterns(names(30))) {
      expect(pattern.length).toBeLessThanOrEqual(200);
      expect(pattern).toMatch(/^[A-Za-z0-9_#=@/;, \-^$?[\]{}|\\*+.]+$/);
    }
    const { stack, gateway } = elsewhere();
    const logs = (id: string, maskedFields: string[]) => () => new GatewayLogs(stack, id, { gateway, maskedFields });
    expect(logs('Many', names(60))).toThrow('do not fit into the 10 patterns');
    expect(logs('Odd', ['ssn"'])).toThrow('cannot be masked by name');
  });
});
