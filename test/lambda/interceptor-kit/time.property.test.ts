import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentLimits } from '../../../lambda/interceptor-kit/steps/argument-limits';
import { inputCheck } from '../../../lambda/interceptor-kit/steps/input-check';
import { redaction } from '../../../lambda/interceptor-kit/steps/redaction/redaction';
import {
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../lambda/interceptor-kit/testing';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { runs } from '../../runs';
import { CONFIG, coldSteps, TOOL } from './every-step';

/** Characters of an argument, and milliseconds of CPU that any step may take for it. */
const SIZE = 100_000;
const LIMIT_MS = 100;

/** Patterns that hold an engine which goes back, and formats and lists that hold a careless validator. */
const PATTERNS = ['([a-z]+ ?)+', '(a|a)*b', '(?:a+)+$', '(.*)*x', '[^@]+@[^@]+', '^(\\w+\\s?)*$', '(a|aa){1,300}'];
const FORMATS = ['url', 'uri', 'uri-reference', 'email', 'hostname', 'date-time', 'duration', 'ipv6', 'json-pointer'];
/** Schemas of the argument, each with one way to hold a careless validator. */
const SCHEMAS: readonly JsonObject[] = [
  { uniqueItems: true },
  { enum: [{ a: 1 }, [1]] },
  { allOf: FORMATS.map((format): JsonObject => ({ anyOf: [{ format }, {}] as JsonObject[] })) },
  ...PATTERNS.flatMap((pattern): JsonObject[] => [
    { pattern },
    { patternProperties: { [pattern]: {} }, additionalProperties: false },
  ]),
  { $ref: '#/$defs/tree' },
];
const $defs: JsonObject = {
  tree: {
    anyOf: ['a', 'b', 'c'].map((name) => ({
      items: { $ref: '#/$defs/tree' },
      additionalProperties: { $ref: '#/$defs/tree' },
      required: [name],
    })),
  },
};

const STEPS = [
  ...coldSteps(),
  ...SCHEMAS.map((q) =>
    inputCheck({ tools: ['*'], denyWithoutSchema: true }, { [TOOL]: { type: 'object', properties: { q }, $defs } }),
  ),
  ...PATTERNS.map((pattern) =>
    argumentLimits({ limits: [{ tools: ['*'], arguments: { q: { pattern } } }] }, CONFIG.inputSchemas),
  ),
  ...(['drop', 'deny'] as const).map((unknownArguments) =>
    argumentLimits({ limits: [{ tools: ['*'], unknownArguments }] }, CONFIG.inputSchemas),
  ),
  redaction({
    fields: [{ tools: ['*'], paths: ['**.a.**.b'], replacement: '-' }],
    patterns: [
      {
        tools: ['*'],
        kinds: ['email', 'phone', 'payment-card', 'iban', 'us-ssn', 'ip-address', 'aws-access-key', 'bearer-token'],
      },
    ],
    opaqueContent: 'keep',
  }),
];

const unit = fc.oneof(
  fc.constantFrom(
    'a',
    'a ',
    '\\',
    '"',
    '{"a":',
    '[',
    'eyJabcdef-',
    'eyJabcdef.',
    'a@',
    'a.',
    'a@b.',
    '1-',
    '+1 ',
    '0:',
    ':',
  ),
  fc.constantFrom(
    '%25',
    '../',
    'bearer ',
    'token=',
    'a-',
    'AKIA',
    'x-token',
    '\u0000',
    '😀',
    '\ud800',
    '1.',
    '((',
    'P1',
  ),
  fc.string({ minLength: 1, maxLength: 4 }),
);
/** How a value of 100 KB is made of a unit: one text, JSON in texts, many texts or members, and lists in each other. */
const SHAPES: { readonly [shape: string]: (part: string, end: string) => JsonValue } = {
  text: repeated,
  'JSON in JSON': (part, end) => {
    const text = repeated(part, end);
    return JSON.stringify({ a: text.slice(SIZE / 2), b: JSON.stringify([text.slice(SIZE * 0.75)]) });
  },
  texts: (part, end) => Array.from({ length: SIZE / 10 }, (_, index) => `${part}${index}${end}`),
  members: (part) => Object.fromEntries(Array.from({ length: SIZE / 12 }, (_, index) => [`${part}${index}`, index])),
  addresses: (part) =>
    Object.fromEntries(Array.from({ length: SIZE / 25 }, (_, index) => [`${part}${index}@b.example`, 1])),
  lists: (part) => {
    let value: JsonValue = Array.from({ length: SIZE / 20 }, (_, index) => ({ [part]: index }));
    for (let depth = 0; depth < 28; depth++) value = { [part]: [value] };
    return value;
  },
};

function repeated(part: string, end: string): string {
  return part.repeat(Math.ceil(SIZE / part.length)).slice(0, SIZE) + end;
}

const spec = fc.record({
  shape: fc.constantFrom(...Object.keys(SHAPES)),
  unit,
  end: fc.constantFrom('', '!', '@', '"', ' ', '}'),
  spread: fc.boolean(),
});

/** A megabyte of JSON: what the machine takes to read and write it says how fast it is now. */
const MEGABYTE = JSON.stringify(
  Array.from({ length: 20_000 }, (_, index) => ({ [`member${index}`]: `text ${index} "quoted"`, index })),
);

async function cpuOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** Milliseconds of CPU beyond the limit, at best of five: what else this process does counts as well, and a busy machine is slower. */
async function tooSlow(work: () => Promise<unknown>): Promise<number | undefined> {
  let best: number | undefined;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const took = await cpuOf(work);
    if (took <= LIMIT_MS) return undefined;
    if (took <= 2 * (await cpuOf(() => JSON.stringify(JSON.parse(MEGABYTE))))) return undefined;
    best = Math.min(best ?? took, took);
  }
  return best;
}

describe('no argument of 100 KB', () => {
  it('takes more than 100 ms of CPU in any step, on its way in, or back as an echo; twice a megabyte of JSON on a busy machine', async () => {
    await fc.assert(
      fc.asyncProperty(spec, async ({ shape, unit: part, end, spread }) => {
        const value = SHAPES[shape]?.(part, end) ?? null;
        const call = toolCall(TOOL, spread && typeof value === 'object' ? (value as JsonObject) : { q: value });
        const slow: string[] = [];
        const request = requestEvent(call);
        const response = responseEvent(call, resultOf(toolResult(value)));
        for (const [index, step] of STEPS.entries()) {
          const took = {
            request: await tooSlow(() => tryRequest([step], request, { config: CONFIG })),
            response: await tooSlow(() => tryResponse([step], response, { config: CONFIG })),
          };
          for (const [point, ms] of Object.entries(took)) {
            if (ms !== undefined) slow.push(`${step.name} (${index}), ${point}: ${ms.toFixed(0)} ms`);
          }
        }
        expect(slow).toEqual([]);
      }),
      runs(12),
    );
  });
});
