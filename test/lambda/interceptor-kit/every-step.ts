import type { Step } from '../../../lambda/interceptor-kit/chain/step';
import { audit } from '../../../lambda/interceptor-kit/steps/audit/audit';
import { builtInSteps } from '../../../lambda/interceptor-kit/steps/built-in';
import { decisionRecord } from '../../../lambda/interceptor-kit/steps/decision-record/decision-record';
import { denials } from '../../../lambda/interceptor-kit/steps/denials/denials';
import { guardrail } from '../../../lambda/interceptor-kit/steps/guardrail';
import { tokenExchange } from '../../../lambda/interceptor-kit/steps/token-exchange';
import { trustedContext } from '../../../lambda/interceptor-kit/steps/trusted-context/trusted-context';
import { cedarTypeJson } from '../../../lib/contract/arguments/cedar-type-json';
import type { JsonObject } from '../../../lib/contract/json';
import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import type { StepConfigOf, StepName } from '../../../lib/contract/steps/step-configs';

/** The tool of the table, and its trusted field that never changes. */
export const TOOL = 'Claims___query';
export const FIELD = 'geography';
/** Trusted fields of the table. */
export const TRUSTED_NAMES: readonly string[] = [FIELD, 'tenant', 'since', 'level'];
/** Tools with a schema: the one above, and that of `everyShape`. */
const TOOLS = [TOOL, 'Notes___read'];
/** The key of pseudonyms, which nothing shows. */
export const RECORD_KEY = 'key-of-pseudonyms';
/** Part of every credential that the exchange gives. */
export const CREDENTIAL = 'given-by-sts';

/** What steps ask for, and what they write. */
export interface World {
  /** Questions in their order. */
  readonly asked: string[];
  /** Audit records. */
  readonly records: string[];
  /** Decision records. */
  readonly decisions: string[];
}

/** How a step is tested with every other one. */
interface StepUnderTest<Name extends StepName> {
  readonly config: StepConfigOf<Name>;
  /** For steps that ask somebody: the step with providers that answer alike. @default - as the configuration makes it */
  readonly make?: (config: StepConfigOf<Name>, world: World) => Step;
}

const environment = {
  TABLE: 't',
  ROLE: 'arn:aws:iam::111122223333:role/r',
  GUARDRAIL: 'g',
  VERSION: '1',
  STREAM: 's',
  KEY: 'k',
};
const field = { type: 'string' as const, description: '', tools: TOOLS };
const visibleTo = { claim: 'role', values: ['staff'] };

/** Arguments of any type, of which policies read all but `secret`. */
const RECORDED = {
  reads: {
    callerId: false,
    clock: false,
    claims: 'all',
    testedClaims: [],
    arguments: ['/q', '/id'],
    testedArguments: ['/level'],
  },
  input: cedarTypeJson({
    kind: 'record',
    attributes: new Map(
      ['q', 'id', ...TRUSTED_NAMES].map((name) => [name, { type: { kind: 'string' as const }, required: false }]),
    ),
  }),
  schema: 's1',
} as const;

/** Every built-in step, by type: a new one does not compile until it is under the hostile fuzz and the test of idempotence. */
const EVERY_STEP: { readonly [Name in StepName]: StepUnderTest<Name> } = {
  audit: {
    config: {
      step: 'audit',
      points: 'both',
      claims: ['email'],
      arguments: [{ tools: ['*'], names: ['q'] }],
      streamVariable: 'STREAM',
      onDeliveryFailure: 'deny',
    },
    make: (config, { records }) =>
      audit(config, {
        deliver: async (_stream, line) => void records.push(line),
        write: () => {},
        environment,
        writer: 'w',
      }),
  },
  'decision-record': {
    config: {
      step: 'decision-record',
      tools: Object.fromEntries(TOOLS.map((tool) => [tool, RECORDED])),
      mode: 'ENFORCE',
      pseudonymize: ['email', '/id'],
      sample: 1,
      keyVariable: 'KEY',
      streamVariable: 'STREAM',
    },
    make: (config, { decisions }) =>
      decisionRecord(config, {
        deliver: async (_stream, line) => void decisions.push(line),
        secret: async () => RECORD_KEY,
        environment,
      }),
  },
  denials: {
    config: {
      step: 'denials',
      gatewayVariable: 'GATEWAY',
      tools: TOOLS,
      reads: { cap: [['q'], ['id']] },
      maskedFields: ['id'],
    },
    make: (config) => denials(config, { write: () => {}, environment }),
  },
  'trusted-context': {
    config: {
      step: 'trusted-context',
      onSpoof: 'overwrite',
      fields: [
        { ...field, name: FIELD, source: { kind: 'constant', value: 'EU' } },
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
    make: (config, { asked }) =>
      trustedContext(config, {
        items: async () => {
          asked.push('item');
          return { level: `gold ${asked.length}` };
        },
        environment,
      }),
  },
  'argument-limits': {
    config: {
      step: 'argument-limits',
      limits: [{ tools: ['Claims', 'Notes'], maxBytes: 10_000, maxItems: 50, unknownArguments: 'drop' }],
    },
  },
  'input-check': { config: { step: 'input-check', tools: ['Claims', 'Notes'], denyWithoutSchema: true } },
  'tool-filter': {
    config: { step: 'tool-filter', rules: [{ tools: ['Claims', 'Notes'] }], otherwise: 'hide', denyCalls: true },
  },
  'allow-list': {
    config: {
      step: 'allow-list',
      prompts: [{ names: ['greet', 'a*'] }],
      resources: [{ uris: ['file:///a', 'file:///public/*'] }],
    },
  },
  'row-scope': {
    config: {
      step: 'row-scope',
      rules: [{ tools: [TOOL], rows: 'rows', ownerField: 'owner', claim: 'sub', countFields: ['count'] }],
    },
  },
  redaction: {
    config: {
      step: 'redaction',
      fields: [{ tools: ['*'], paths: ['**.ssn'], visibleTo, replacement: '***' }],
      patterns: [{ tools: ['*'], kinds: ['email', 'payment-card'] }],
      opaqueContent: 'withhold',
    },
  },
  'token-exchange': {
    config: {
      step: 'token-exchange',
      exchanges: [
        {
          tools: ['Claims', 'Notes'],
          roleVariable: 'ROLE',
          method: 'assume-role',
          sessionTags: {},
          durationSeconds: 900,
          headers: { accessKeyId: 'x-key-id', secretAccessKey: 'x-secret', sessionToken: 'x-session' },
        },
      ],
    },
    make: (config, { asked }) =>
      tokenExchange(config, {
        exchange: async () => {
          asked.push('credentials');
          const text = `${CREDENTIAL} ${asked.length}`;
          return { accessKeyId: text, secretAccessKey: text, sessionToken: text, expires: new Date(9e12) };
        },
        environment,
      }),
  },
  guardrail: {
    config: {
      step: 'guardrail',
      tools: ['*'],
      guardrailVariable: 'GUARDRAIL',
      versionVariable: 'VERSION',
      inputs: 'mask',
      outputs: 'mask',
      maxCharacters: 20_000,
    },
    make: (config) =>
      guardrail(config, {
        apply: async ({ texts }) => ({
          action: 'masked',
          texts: texts.map((text) => text.replaceAll('bob', '{NAME}')),
        }),
        environment,
      }),
  },
};

const text: JsonObject = { type: 'string' };
const properties: JsonObject = {
  q: {},
  id: text,
  ...Object.fromEntries(TRUSTED_NAMES.map((name) => [name, text])),
};

/** The configuration of a JWT gateway with every step. */
export const CONFIG: InterceptorConfig = {
  version: 1,
  authorization: 'jwt',
  inputSchemas: Object.fromEntries(TOOLS.map((tool) => [tool, { type: 'object', properties }])),
  steps: Object.values(EVERY_STEP).map(({ config }) => config),
};

/** Every step, or those of the given names, as a function makes them at its cold start. */
export function coldSteps(world: World = { asked: [], records: [], decisions: [] }, ...names: StepName[]): Step[] {
  const wanted = CONFIG.steps.filter(({ step }) => names.length === 0 || names.includes(step));
  return wanted.flatMap((config) => {
    const { make } = EVERY_STEP[config.step] as StepUnderTest<StepName>;
    return make === undefined ? builtInSteps({ ...CONFIG, steps: [config] }) : [make(config, world)];
  });
}
