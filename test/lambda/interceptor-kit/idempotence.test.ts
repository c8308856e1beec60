import { describe, expect, it } from 'vitest';
import { makeSteps } from '../../../lambda/interceptor-kit/chain/configured-steps';
import type { Step } from '../../../lambda/interceptor-kit/chain/step';
import { everyShape } from '../../../lambda/interceptor-kit/payload-shapes';
import { ALL_STEPS } from '../../../lambda/interceptor-kit/steps/all-steps';
import { audit } from '../../../lambda/interceptor-kit/steps/audit/audit';
import { guardrail } from '../../../lambda/interceptor-kit/steps/guardrail';
import { tokenExchange } from '../../../lambda/interceptor-kit/steps/token-exchange';
import { trustedContext } from '../../../lambda/interceptor-kit/steps/trusted-context/trusted-context';
import {
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../lambda/interceptor-kit/testing';
import type { InterceptorConfig, StepConfig } from '../../../lib/contract/interceptor-config';
import type { JsonObject } from '../../../lib/contract/json';

const TOOL = 'Notes___read';
const visibleTo = { claim: 'role', values: ['staff'] };
const inputSchemas = {
  [TOOL]: { type: 'object', properties: { id: { type: 'string' }, tenant: {}, level: {}, since: {} } },
};
const field = { type: 'string' as const, description: '', tools: [TOOL] };
/** What the variables of the function hold. */
const environment = { TABLE: 't', ROLE: 'r', GUARDRAIL: 'g', VERSION: '1', STREAM: 's' };
const now = new Date('2026-11-20T10:00:00Z');

/** Every built-in step, so that a new one cannot be left out. */
const CONFIGS: { readonly [K in StepConfig['step']]: Extract<StepConfig, { step: K }> } = {
  audit: {
    step: 'audit',
    points: 'both',
    claims: [],
    arguments: [],
    streamVariable: 'STREAM',
    onDeliveryFailure: 'deny',
  },
  'trusted-context': {
    step: 'trusted-context',
    onSpoof: 'overwrite',
    fields: [
      { ...field, name: 'tenant', source: { kind: 'claim', claim: 'sub' } },
      { ...field, name: 'since', source: { kind: 'time', format: 'iso' } },
      {
        ...field,
        name: 'level',
        source: {
          kind: 'lookup',
          tableVariable: 'TABLE',
          keyAttribute: 'id',
          keyClaim: 'sub',
          valueAttribute: 'level',
          cacheSeconds: 60,
        },
      },
    ],
  },
  'argument-limits': {
    step: 'argument-limits',
    limits: [{ tools: ['*'], unknownArguments: 'drop', maxBytes: 1_000 }],
  },
  'input-check': { step: 'input-check', tools: ['*'], denyWithoutSchema: true },
  redaction: {
    step: 'redaction',
    fields: [{ tools: ['*'], paths: ['**.ssn'], visibleTo, replacement: '***' }],
    patterns: [{ tools: ['*'], kinds: ['email'] }],
    opaqueContent: 'withhold',
  },
  'row-scope': {
    step: 'row-scope',
    rules: [{ tools: [TOOL], rows: 'rows', ownerField: 'owner', claim: 'sub', countFields: ['count'] }],
  },
  'tool-filter': { step: 'tool-filter', rules: [{ tools: ['Notes'] }], otherwise: 'hide', denyCalls: true },
  'allow-list': {
    step: 'allow-list',
    prompts: [{ names: ['greet'] }],
    resources: [{ uris: ['file:///*'] }],
  },
  'token-exchange': {
    step: 'token-exchange',
    exchanges: [
      {
        tools: ['*'],
        roleVariable: 'ROLE',
        method: 'assume-role',
        sessionTags: { user: 'sub' },
        durationSeconds: 900,
        headers: { authorizationScheme: 'AWS' },
      },
    ],
  },
  guardrail: {
    step: 'guardrail',
    tools: ['*'],
    guardrailVariable: 'GUARDRAIL',
    versionVariable: 'VERSION',
    inputs: 'mask',
    outputs: 'mask',
    maxCharacters: 1_000,
  },
};

const config: InterceptorConfig = { version: 1, authorization: 'jwt', inputSchemas, steps: Object.values(CONFIGS) };
const options = { config, now };

/** Steps as a cold function makes them, with providers that answer each question once only in the same way. */
function coldSteps(): { readonly steps: Step[]; readonly asked: string[]; readonly records: string[] } {
  const asked: string[] = [];
  const records: string[] = [];
  const withEdges: { readonly [name: string]: Step } = {
    audit: audit(CONFIGS.audit, {
      deliver: async (_stream, line) => void records.push(line),
      write: () => {},
      environment,
    }),
    'trusted-context': trustedContext(CONFIGS['trusted-context'], {
      items: async () => {
        asked.push('item');
        return { level: `gold ${asked.length}` };
      },
      environment,
    }),
    'token-exchange': tokenExchange(CONFIGS['token-exchange'], {
      exchange: async () => {
        asked.push('credentials');
        const text = `c-${asked.length}`;
        return { accessKeyId: text, secretAccessKey: text, sessionToken: text, expires: new Date(9e12) };
      },
      environment,
    }),
    guardrail: guardrail(CONFIGS.guardrail, {
      apply: async ({ texts }) => ({ action: 'masked', texts: texts.map((text) => text.replaceAll('bob', '{NAME}')) }),
      environment,
    }),
  };
  const steps = makeSteps(config, ALL_STEPS).map((step) => withEdges[step.name] ?? step);
  return { steps, asked, records };
}

const spoofed = toolCall(TOOL, { id: 'for bob', tenant: 'spoofed', other: 1 });
const rows: JsonObject[] = [
  { owner: 'caller', ssn: '1', mail: 'a@b.example', text: 'bob' },
  { owner: 'eve', ssn: '2' },
];
const events = [
  ...everyShape(),
  { name: 'a spoofed call', point: 'REQUEST' as const, event: requestEvent(spoofed) },
  {
    name: 'a result for every step',
    point: 'RESPONSE' as const,
    event: responseEvent(spoofed, resultOf(toolResult({ rows, count: 2, tenant: 'x' }, true))),
  },
];

describe('a chain of every built-in step that the gateway runs again for the same message', () => {
  it.each(events)('answers $name the same, and leaves the event as it was', async ({ point, event }) => {
    const attempt = point === 'REQUEST' ? tryRequest : tryResponse;
    const { steps } = coldSteps();
    const before = structuredClone(event);
    const first = await attempt(steps, event, options);
    expect(event).toEqual(before);
    expect(await attempt(steps, event, options)).toEqual(first);
  });

  it('goes through all of its steps', async () => {
    const { steps, asked } = coldSteps();
    const { body, headers } =
      (await tryRequest(steps, requestEvent(spoofed), options)).mcp.transformedGatewayRequest ?? {};
    expect(body).toEqual(
      toolCall(TOOL, { id: 'for {NAME}', tenant: 'caller', since: '2026-11-20T10:00:00.000Z', level: 'gold 1' }),
    );
    expect(headers?.['authorization']).toMatch(/^AWS /);
    expect(asked).toEqual(['item', 'credentials']);
    const shown = { rows: [{ owner: 'caller', ssn: '***', mail: '[email]', text: '{NAME}' }], count: 1 };
    const answer = events.at(-1)?.event;
    expect((await tryResponse(steps, answer, options)).mcp.transformedGatewayResponse?.body).toEqual(
      resultOf(toolResult(shown, true)),
    );
  });

  it('asks no provider again for what it knows, and records both attempts in one chain', async () => {
    const { steps, asked, records } = coldSteps();
    for (let attempt = 0; attempt < 2; attempt++) await tryRequest(steps, requestEvent(spoofed), options);
    expect(asked).toEqual(['item', 'credentials']);
    const [first, second] = records.map((line) => JSON.parse(line) as JsonObject);
    expect([first?.['sequence'], second?.['sequence'], second?.['previous']]).toEqual([0, 1, first?.['hash']]);
    expect(second?.['what']).toEqual(first?.['what']);
  });

  it.each(events.filter(({ point }) => point === 'REQUEST'))('takes its own output for $name', async ({ event }) => {
    const { steps } = coldSteps();
    const first = await tryRequest(steps, event, options);
    const body = first.mcp.transformedGatewayRequest?.body;
    if (body !== undefined) expect(await tryRequest(steps, requestEvent(body), options)).toEqual(first);
  });
});
