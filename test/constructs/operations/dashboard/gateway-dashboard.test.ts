import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayDashboard, GovernedGateway } from '../../../../lib';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import { specErrors } from '../../../house/template-spec';
import { denialLine } from '../../../lambda/block-notices/lines';
import { findingsOf } from '../../synth-findings';
import { dashboardPage } from './dashboard-page';
import { MetricStore } from './metric-store';

const app = new App({ analyticsReporting: false });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const stack = new Stack(app, 'Operations', { env: { account: '111122223333', region: 'eu-west-1' } });
const gateway = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Claims', {
  gatewayId: 'claims-a1b2c3d4e5',
  policyEngineId: 'Claims-abcdefghij',
  denialLogGroup: LogGroup.fromLogGroupName(stack, 'Denials', '/aws/lambda/response'),
  functions: {
    interceptors: ['request', 'response'].map((name) => lambda.Function.fromFunctionName(stack, name, name)),
    tools: [lambda.Function.fromFunctionName(stack, 'tools', 'tools')],
  },
});
const applicationLogGroup = LogGroup.fromLogGroupName(stack, 'Application', '/aws/vendedlogs/claims');
const ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/claims-a1b2c3d4e5';

new GatewayDashboard(stack, 'Dashboard', { gateway, mode: 'ENFORCE', commit: '0123456789abcdef', applicationLogGroup });
const template = Template.fromStack(stack);

/** The body as CloudWatch gets it. */
function bodyOf(): string {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = (dashboard as { Properties: { DashboardBody: JsonValue } }).Properties.DashboardBody;
  if (typeof body === 'string') return body;
  const [, parts] = (body as { 'Fn::Join': [string, JsonValue[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : known(part))).join('');
}

/** What CloudFormation puts in: the partition, the Region, the name in a function's ARN. */
function known(intrinsic: JsonValue): string {
  const text = JSON.stringify(intrinsic);
  return /:function:(\w+)"/.exec(text)?.[1] ?? (text.includes('AWS::Region') ? 'eu-west-1' : 'aws');
}

/** An afternoon at the gateway, in the platform's series. */
function afternoon(): MetricStore {
  const store = new MetricStore();
  const [PLATFORM, OWN] = ['AWS/Bedrock-AgentCore', 'GovernedGateway'];
  const decide = (metric: string, count: number, policy: string, mode = 'ENFORCE'): void => {
    const dimensions = {
      OperationName: 'AuthorizeAction',
      TargetResource: 'claims-a1b2c3d4e5',
      PolicyEngine: 'Claims-abcdefghij',
      Policy: policy,
      Mode: mode,
      PolicyEnforcementMode: 'ACTIVE',
    };
    for (let n = 0; n < count; n++) store.publish(PLATFORM, metric, 'AuthorizeAction', dimensions);
    for (let n = 0; n < count; n++) {
      // Another gateway of the account.
      store.publish(PLATFORM, metric, 'AuthorizeAction', { ...dimensions, TargetResource: 'other-a1b2c3d4e5' });
      // What lists show is decided by the other operation.
      store.publish(PLATFORM, metric, 'PartiallyAuthorizeActions', {
        ...dimensions,
        OperationName: 'PartiallyAuthorizeActions',
        ToolName: 'a___b',
      });
    }
  };
  decide('AllowDecisions', 120, 'permit-abcdefghij');
  decide('DenyDecisions', 7, 'amount_cap-abcdefghij');
  decide('DenyDecisions', 5, 'regions-abcdefghij');
  decide('DenyDecisions', 3, 'regions-abcdefghij', 'LOG_ONLY');
  decide('MismatchErrors', 2, 'broken-abcdefghij');
  decide('NoDeterminingPolicies', 4, 'none-abcdefghij');
  for (const [tool, count] of [
    ['Claims___pay', 8],
    ['other', 1],
  ] as const) {
    for (let n = 0; n < count; n++) store.publish(OWN, 'Denials', undefined, { Gateway: 'claims', Tool: tool });
    store.publish(OWN, 'Denials', undefined, { Gateway: 'elsewhere', Tool: tool });
  }
  const request = { Operation: 'InvokeGateway', Protocol: 'MCP', Resource: ARN };
  for (const ms of [40, 60, 50])
    store.add(PLATFORM, 'Latency', { OperationName: 'AuthorizeAction', TargetResource: 'claims-a1b2c3d4e5' }, ms);
  for (const ms of [300, 500]) store.add(PLATFORM, 'TargetExecutionTime', { ...request, Method: 'tools/call' }, ms);
  for (const name of ['request', 'response'])
    for (const ms of [8, 12]) store.add('AWS/Lambda', 'Duration', { FunctionName: name }, ms);
  for (const metric of ['Throttles', 'SystemErrors'])
    for (const n of [1, 0, 2]) store.publish(PLATFORM, metric, undefined, request, n);
  for (const name of ['request', 'response', 'tools'])
    for (const n of [0, 1]) store.add('AWS/Lambda', 'Errors', { FunctionName: name }, n);
  return store;
}

const denials = Array.from({ length: 60 }, (_, n) => {
  const time = new Date(Date.parse('2026-11-20T02:00:00Z') + n * 1_000).toISOString();
  return {
    '@timestamp': time,
    ...denialLine({ caller: n === 59 ? '<script>window.injected = 1</script>' : `caller-${n}` }),
  };
});
const policyLine = {
  '@timestamp': '2026-11-20T02:00:00.000Z',
  request_id: 'r-1',
  body: {
    log: 'Policy evaluation denied request',
    policy: {
      decision: 'DENY',
      reason: 'Policy evaluation denied due to amount_cap-abcdefghij',
      principal: { entityId: 'sub-of-ann' },
    },
  },
};
const LOGS = {
  '/aws/lambda/response': [...denials, { '@timestamp': '2026-11-20T03:00:00.000Z', message: 'START' }],
  '/aws/vendedlogs/claims': [policyLine, { ...policyLine, body: { log: 'Executing tool Claims___pay' } }],
};

describe('the dashboard of a gateway, as a person sees it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'governed-gateway-dashboard-'));
  let browser: Browser;
  let page: Page;
  const texts = async (title: string, selector: string): Promise<string[]> =>
    await page.locator('section', { hasText: title }).first().locator(selector).allInnerTexts();

  beforeAll(async () => {
    const file = join(folder, 'dashboard.html');
    writeFileSync(file, dashboardPage(bodyOf(), afternoon(), LOGS));
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    page = await browser.newPage({ viewport: { width: 1400, height: 1600 } });
    await page.goto(`file://${file}`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('says at the top which gateway, mode and commit it is about', async () => {
    expect(await page.locator('h1').innerText()).toBe('claims');
    expect(await page.locator('.text').innerText()).toContain(
      'mode **ENFORCE** · commit **0123456789ab** · gateway `claims-a1b2c3d4e5`',
    );
  });

  it('counts every decision once', async () => {
    expect(await texts('Decisions', 'li')).toEqual(['Allowed 120', 'Denied 12', 'Would be denied 3']);
    expect(await texts('Look at these', 'li')).toEqual(['Would be denied 3', 'Undecided 2', 'No policy applies 4']);
    expect(await texts('Denials by tool', 'li')).toEqual(['Claims___pay 8', 'other 1']);
    expect(await texts('Denials by policy', 'li')).toEqual(['amount_cap-abcdefghij 7', 'regions-abcdefghij 8']);
  });

  it('shows how long everything takes and what fails', async () => {
    expect(await texts('Milliseconds', 'li')).toEqual([
      'Policies, p90 50',
      'Interceptor 1 of 2, p90 10',
      'Interceptor 2 of 2, p90 10',
      'Targets, average 400',
    ]);
    expect(await texts('Throttles and errors', 'li')).toEqual([
      'Throttled requests 3',
      'Server errors 3',
      'Errors of interceptor 1 1',
      'Errors of interceptor 2 1',
      'Errors of tools 1 1',
    ]);
  });

  it('lists the last 50 denials with caller, tool and reason, the last one first', async () => {
    const rows = page.locator('section', { hasText: 'Last 50 denials' }).first().locator('tr');
    expect(await rows.count()).toBe(51);
    expect(await rows.nth(2).innerText()).toMatch(
      /02:00:58\.000Z\s+caller-58\s+Claims___pay\s+Policy evaluation denied due to amount_cap/,
    );
    expect(await page.evaluate('window.injected')).toBeUndefined();
    expect(await texts('under LOG_ONLY among them', 'tr')).toHaveLength(2);
  });

  it('draws in every chart, and no widget covers another', async () => {
    const boxes = await page.locator('section').evaluateAll((sections) =>
      sections.map((section) => {
        const { left, right, top, bottom } = section.getBoundingClientRect();
        return { left, right, top, bottom };
      }),
    );
    expect(boxes).toHaveLength(9);
    for (const [index, a] of boxes.entries()) {
      expect((a.right - a.left) * (a.bottom - a.top)).toBeGreaterThan(10_000);
      for (const b of boxes.slice(index + 1)) {
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
      }
    }
    const lines = page.locator('polyline');
    expect(await lines.count()).toBe(16);
    for (const line of await lines.all()) expect(await line.getAttribute('points')).toMatch(/\d,\d/);
  });
});

describe('the dashboard as a resource', () => {
  it('is what the resource specification knows, without a warning and a finding of cdk-nag', () => {
    expect(findingsOf(app)).toEqual([]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
    expect(specErrors(template.toJSON() as JsonObject)).toEqual([]);
  });
});
