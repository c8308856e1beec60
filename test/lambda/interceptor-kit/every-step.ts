import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Step } from '../../../lambda/interceptor-kit/chain/step';
import { audit } from '../../../lambda/interceptor-kit/steps/audit/audit';
import { builtInSteps } from '../../../lambda/interceptor-kit/steps/built-in';
import { decisionRecord } from '../../../lambda/interceptor-kit/steps/decision-record/decision-record';
import { denials } from '../../../lambda/interceptor-kit/steps/denials/denials';
import { guardrail } from '../../../lambda/interceptor-kit/steps/guardrail';
import { tokenExchange } from '../../../lambda/interceptor-kit/steps/token-exchange';
import { trustedContext } from '../../../lambda/interceptor-kit/steps/trusted-context/trusted-context';
import type { InterceptorStep, Steps } from '../../../lib';
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

/** How an app declares a step. */
interface DeclaredStep {
  /** Of a gateway with a target `Claims`, whose tools have the names of the steps, and the tool `Other___nothing`. */
  readonly declared: (steps: typeof Steps, app: DeclaringApp) => InterceptorStep;
}

/** Parts of an app that steps may need. */
export interface DeclaringApp {
  readonly role: IRole;
  /** Headers that the target gets. */
  readonly headers: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };
}

/** Trusted context is a prop of the gateway, and the count of denials comes with its observability. */
type UndeclaredStep = 'trusted-context' | 'denials';

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

/**
 * Every built-in step, by type: a new one does not compile until it is under the hostile fuzz, the test of idempotence, and the attacks on a
 * gateway that requires it.
 */
const EVERY_STEP: {
  readonly [Name in StepName]: StepUnderTest<Name> & (Name extends UndeclaredStep ? unknown : DeclaredStep);
} = {
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
    declared: (steps) => steps.audit(),
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
    declared: (steps) => steps.decisionRecord(),
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
    declared: (steps) => steps.argumentLimits({ tools: ['Claims'], maxBytes: 1_000 }),
  },
  'input-check': {
    config: { step: 'input-check', tools: ['Claims', 'Notes'], denyWithoutSchema: true },
    declared: (steps) => steps.inputCheck({ tools: ['Claims'] }),
  },
  'tool-filter': {
    config: { step: 'tool-filter', rules: [{ tools: ['Claims', 'Notes'] }], otherwise: 'hide', denyCalls: true },
    declared: (steps) => steps.toolFilter({ rules: [], showOthers: true }),
  },
  'allow-list': {
    config: {
      step: 'allow-list',
      prompts: [{ names: ['greet', 'a*'] }],
      resources: [{ uris: ['file:///a', 'file:///public/*'] }],
    },
    declared: (steps) => steps.allowList({ prompts: [{ names: ['a'] }] }),
  },
  'row-scope': {
    config: {
      step: 'row-scope',
      rules: [{ tools: [TOOL], rows: 'rows', ownerField: 'owner', claim: 'sub', countFields: ['count'] }],
    },
    declared: (steps) => steps.rowScope({ tools: ['Other___nothing'], ownerField: 'owner', claim: 'sub' }),
  },
  redaction: {
    config: {
      step: 'redaction',
      fields: [{ tools: ['*'], paths: ['**.ssn'], visibleTo, replacement: '***' }],
      patterns: [{ tools: ['*'], kinds: ['email', 'payment-card'] }],
      opaqueContent: 'withhold',
    },
    declared: (steps) => steps.redaction({ fields: [{ tools: ['Claims'], paths: ['ssn'] }] }),
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
    declared: (steps, { role, headers }) => steps.tokenExchange({ tools: ['Claims___token_exchange'], role, headers }),
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
    declared: (steps) =>
      steps.guardrail({ tools: ['Other___nothing'], guardrailId: 'abcdefghij', guardrailVersion: '1' }),
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

/** Every step that an app declares, by its name. */
export function declaredSteps(steps: typeof Steps, app: DeclaringApp): ReadonlyMap<string, InterceptorStep> {
  return new Map(
    Object.entries(EVERY_STEP).flatMap(([name, row]) =>
      'declared' in row ? [[name, row.declared(steps, app)] as const] : [],
    ),
  );
}
