import { PROOF_ARGUMENT } from '../../lib/contract/interceptor-proof';
import type { JsonObject } from '../../lib/contract/json';
import type { InterceptorConfig } from '../../lib/contract/steps/interceptor-config';

export const TOOL = 'Claims___query';

/** Fields of the tool beside its trusted one. */
const FIELDS = 20;

const properties: JsonObject = Object.fromEntries(
  Array.from({ length: FIELDS }, (_, index) => [`field${index}`, { type: 'string', maxLength: 1_000 }]),
);

/** What every candidate does at REQUEST: fill a trusted field from a claim, bound the arguments, check them against the schema, write an audit line. */
export const REQUEST_CONFIG: InterceptorConfig = {
  version: 1,
  authorization: 'jwt',
  inputSchemas: {
    [TOOL]: {
      type: 'object',
      properties: { ...properties, geography: { type: 'string' } },
      required: ['field0'],
      additionalProperties: false,
    },
  },
  steps: [
    {
      step: 'trusted-context',
      onSpoof: 'overwrite',
      fields: [
        {
          name: 'geography',
          type: 'string',
          description: '',
          source: { kind: 'claim', claim: 'region' },
          tools: [TOOL],
        },
      ],
    },
    { step: 'argument-limits', limits: [{ tools: ['*'], maxBytes: 20_000, maxDepth: 8, unknownArguments: 'deny' }] },
    { step: 'input-check', tools: ['*'], denyWithoutSchema: true },
    { step: 'audit', points: 'both', claims: ['region'], arguments: [], onDeliveryFailure: 'deny' },
  ],
};

/** The same, for a tool that guards deny without the proof. */
export const PROVING_CONFIG: InterceptorConfig = {
  ...REQUEST_CONFIG,
  steps: REQUEST_CONFIG.steps.map((step) =>
    step.step === 'trusted-context'
      ? {
          ...step,
          fields: [
            ...step.fields,
            {
              name: PROOF_ARGUMENT,
              type: 'string',
              description: '',
              source: { kind: 'proof', secretVariable: 'PROOF_SECRET_ARN', fingerprint: 'a' },
              tools: [TOOL],
            },
          ],
        }
      : step,
  ),
};

/** A call of 10 KB. */
export function requestEvent(): JsonObject {
  const args = Object.fromEntries(Array.from({ length: FIELDS }, (_, index) => [`field${index}`, 'x'.repeat(480)]));
  const body = {
    jsonrpc: '2.0',
    id: 7,
    method: 'tools/call',
    params: { name: TOOL, arguments: { ...args, geography: 'US' } },
  };
  const claims = Buffer.from(JSON.stringify({ sub: 'ann', region: 'EU', exp: 1_900_000_000 })).toString('base64url');
  const authorization = `Bearer eyJhbGciOiJSUzI1NiJ9.${claims}.c2lnbmF0dXJl`;
  return {
    interceptorInputVersion: '1.0',
    mcp: {
      rawGatewayRequest: { body: JSON.stringify(body) },
      gatewayRequest: {
        path: '/mcp',
        httpMethod: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      },
    },
  };
}

/** Tools of the list that the RESPONSE side filters and hides in. */
const LISTED_TOOLS = 1_000;

export const RESPONSE_CONFIG: InterceptorConfig = {
  version: 1,
  authorization: 'jwt',
  inputSchemas: {},
  steps: [
    {
      step: 'trusted-context',
      onSpoof: 'overwrite',
      fields: [
        {
          name: 'geography',
          type: 'string',
          description: '',
          source: { kind: 'claim', claim: 'region' },
          tools: Array.from({ length: LISTED_TOOLS }, (_, index) => toolName(index)),
        },
      ],
    },
    {
      step: 'tool-filter',
      rules: [{ tools: ['T0', 'T1'], visibleTo: { claim: 'region', values: ['US'] } }, { tools: ['*'] }],
      otherwise: 'hide',
      denyCalls: true,
    },
  ],
};

function toolName(index: number): string {
  return `T${index % 20}___tool_${index}`;
}

/** The answer to `tools/list` with a thousand tools. */
export function responseEvent(): JsonObject {
  const tools = Array.from({ length: LISTED_TOOLS }, (_, index) => ({
    name: toolName(index),
    description: 'Finds what the caller asks for, and says where it was found.',
    inputSchema: {
      type: 'object',
      properties: { q: { type: 'string' }, limit: { type: 'integer' }, geography: { type: 'string' } },
      required: ['q', 'geography'],
    },
  }));
  const { mcp } = requestEvent() as { mcp: { gatewayRequest: JsonObject } };
  const gatewayRequest = { ...mcp.gatewayRequest, body: { jsonrpc: '2.0', id: 7, method: 'tools/list' } };
  const gatewayResponse = { statusCode: 200, headers: {}, body: { jsonrpc: '2.0', id: 7, result: { tools } } };
  return { interceptorInputVersion: '1.0', mcp: { gatewayRequest, gatewayResponse } };
}
