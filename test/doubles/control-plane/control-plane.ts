import { type Operation, violations } from './constraints';
import { EngineStore, type EngineView, type GatewayView } from './engine-store';
import { GatewayStore } from './gateway-store';
import { assetReply, GenerationStore } from './generation-store';
import {
  ApiError,
  BrokenConnection,
  type ControlPlaneOptions,
  conflict,
  DEFAULT_OPTIONS,
  type Fault,
  invalid,
  MAY_EXCEED_QUOTA,
  notFound,
  quotaExceeded,
} from './options';
import { type Ending, PolicyStore, type PolicyView } from './policy-store';
import { engineReply, engineSummary, errorReply, policyReply, summaryReply } from './replies';
import { parseRequest, type WireReply, type WireRequest } from './routes';
import type { CheckContext } from './statement-check';

/** One request as it was answered. */
export interface Recorded {
  readonly operation: Operation;
  readonly input: { readonly [member: string]: unknown };
  readonly status: number;
  readonly at: number;
}

type Input = { readonly [member: string]: unknown };

/**
 * The AgentCore control plane for policies, engines and gateways: requests are validated as the API model says, and everything happens
 * asynchronously, as old reads, busy resources, names, tokens, rates and the order of policies have it.
 */
export class ControlPlane {
  readonly options: ControlPlaneOptions;
  readonly policies: PolicyStore;
  readonly engines: EngineStore;
  readonly generations: GenerationStore;
  readonly gateways = new Map<string, GatewayView>();
  readonly gatewayStore: GatewayStore;
  readonly requests: Recorded[] = [];
  /** Decides about the fault of a request, by its number from 0 and its operation. */
  faultOf: (index: number, operation: Operation, input: Input) => Fault | undefined = () => undefined;
  /** Called after every change of the state. */
  onChange: () => void = () => undefined;
  interceptorRefuses = false;
  /** Whether the caller may invoke the gateways. */
  mayInvoke = true;
  /** Texts with which engine creations fail. */
  engineFailure: readonly string[] | undefined;

  private readonly tokens = new Map<string, { readonly input: string; readonly reply: object }>();
  private writes: number[] = [];
  private engineWrites: number[] = [];

  constructor(
    readonly clock: { readonly now: () => number; readonly sleep: (milliseconds: number) => Promise<void> },
    options: Partial<ControlPlaneOptions> = {},
  ) {
    this.options = { ...DEFAULT_OPTIONS, ...options };
    const changed = (): void => this.onChange();
    this.policies = new PolicyStore(this.options, clock.now, changed);
    this.engines = new EngineStore(this.options, clock.now, changed);
    this.generations = new GenerationStore(this.options, clock.now);
    this.gatewayStore = new GatewayStore(this.gateways, clock.now, this.options.activation, changed);
  }

  /** Answers a request, or throws {@link BrokenConnection}. */
  async handle(request: WireRequest): Promise<WireReply> {
    await this.clock.sleep(this.options.latency);
    const parsed = parseRequest(request);
    if (parsed === undefined) return errorReply(new ApiError(404, 'UnknownOperationException', request.path));
    const { operation, input, status } = parsed;
    const fault = this.faultOf(this.requests.length, operation, input);
    const record = (code: number): void =>
      void this.requests.push({ operation, input, status: code, at: this.clock.now() });
    if (fault === 'reset' || fault === 'hang') {
      record(0);
      return noAnswer(fault);
    }
    try {
      const body = JSON.stringify(this.answer(operation, input, fault));
      const isLost = fault === 'lost-answer' || fault === 'hang-after';
      record(isLost ? 0 : status);
      if (isLost) return noAnswer(fault);
      return { status, headers: { 'content-type': 'application/json' }, body: status === 204 ? '' : body };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      record(error.status);
      return errorReply(error);
    }
  }

  private answer(operation: Operation, input: Input, fault: Fault | undefined): object {
    if (fault === 'throttle') throw throttled();
    if (fault === 'denied') throw new ApiError(403, 'AccessDeniedException', `not authorized to perform ${operation}`);
    if (fault === 'error') throw new ApiError(500, 'InternalServerException', 'internal error');
    if (fault === 'unavailable') throw new ApiError(503, 'ServiceUnavailableException', 'service unavailable');
    if (fault === 'missing') throw notFound(operation);
    if (fault === 'quota' && MAY_EXCEED_QUOTA.has(operation)) throw quotaExceeded('quota exceeded');
    const wrong = violations(operation, input);
    if (wrong.length > 0) throw invalid(wrong.join('; '));
    this.countWrite(operation);
    const ending: Ending = {
      ...(fault === 'failure' && { failsWith: ['internal failure of the validation'] }),
      ...(fault === 'silent-failure' && { failsWith: [] }),
      ...(fault === 'stuck' && { stuck: true }),
      ...(fault === 'slow' && { slow: true }),
    };
    return this.once(operation, input, () => this.perform(operation, input, ending));
  }

  /** A repeated client token is answered as the first time, even when what it made is gone. */
  private once(operation: Operation, input: Input, perform: () => object): object {
    const token = input['clientToken'];
    if (typeof token !== 'string') return perform();
    const text = JSON.stringify([operation, input]);
    const before = this.tokens.get(token);
    if (before === undefined) {
      const reply = perform();
      this.tokens.set(token, { input: text, reply });
      return reply;
    }
    if (before.input === text) return before.reply;
    throw invalid('the client token was used with other parameters', 'IdempotentParameterMismatchException');
  }

  private countWrite(operation: Operation): void {
    const second = (times: number[]): number[] => times.filter((at) => at > this.clock.now() - 1_000);
    if (['CreatePolicy', 'UpdatePolicy', 'DeletePolicy'].includes(operation)) {
      this.writes = second(this.writes);
      if (this.writes.length >= this.options.writesPerSecond) throw throttled();
      this.writes.push(this.clock.now());
    } else if (operation === 'CreatePolicyEngine') {
      this.engineWrites = second(this.engineWrites);
      if (this.engineWrites.length >= 1) throw throttled();
      this.engineWrites.push(this.clock.now());
    }
  }

  private perform(operation: Operation, input: Input, ending: Ending): object {
    const engineId = textOf(input, 'policyEngineId');
    const policyId = textOf(input, 'policyId');
    switch (operation) {
      case 'CreatePolicyEngine':
        return engineReply(
          this.engines.create({
            name: textOf(input, 'name'),
            description: input['description'] as string | undefined,
            encryptionKeyArn: input['encryptionKeyArn'] as string | undefined,
            tags: (input['tags'] ?? {}) as EngineView['tags'],
            ending: this.engineFailure === undefined ? ending : { failsWith: this.engineFailure },
          }),
        );
      case 'GetPolicyEngine':
        return engineReply(
          found(
            this.engines.seen().find((engine) => engine.policyEngineId === engineId),
            engineId,
          ),
        );
      case 'UpdatePolicyEngine': {
        const description = (input['description'] as { optionalValue?: string } | undefined)?.optionalValue;
        return engineReply(this.engines.describe(engineId, description, ending));
      }
      case 'DeletePolicyEngine':
        if (this.policies.current(engineId).length > 0) throw conflict(`policy engine ${engineId} is not empty`);
        return engineReply(this.engines.remove(engineId, ending));
      case 'ListPolicyEngines':
        return this.page(input, this.engines.seen(), (engine) => engine.policyEngineId, 'policyEngines', engineReply);
      case 'ListPolicyEngineSummaries':
        return this.page(input, this.engines.seen(), (engine) => engine.policyEngineId, 'policyEngines', engineSummary);
      case 'CreatePolicy': {
        this.writableEngine(engineId);
        const check = this.checkContext(engineId, '', input['validationMode']);
        const { statement } = definitionOf(input) ?? { statement: '' };
        const enforcementMode = (input['enforcementMode'] ?? 'ACTIVE') as PolicyView['enforcementMode'];
        const content = { statement, description: input['description'] as string | undefined, enforcementMode };
        return policyReply(this.policies.create(engineId, textOf(input, 'name'), content, check, ending));
      }
      case 'UpdatePolicy': {
        this.policyOf(engineId, policyId);
        const check = this.checkContext(engineId, policyId, input['validationMode']);
        const description = input['description'] as { optionalValue?: string } | undefined;
        const enforcementMode = input['enforcementMode'] as PolicyView['enforcementMode'] | undefined;
        const change = {
          ...definitionOf(input),
          ...(description && { description: description.optionalValue }),
          ...(enforcementMode && { enforcementMode }),
        };
        return policyReply(this.policies.update(policyId, change, check, ending));
      }
      case 'DeletePolicy':
        this.policyOf(engineId, policyId);
        return policyReply(this.policies.remove(policyId, ending));
      case 'GetPolicy':
        return policyReply(
          found(
            this.policies.seen(engineId).find((policy) => policy.policyId === policyId),
            policyId,
          ),
        );
      case 'ListPolicies':
        this.readableEngine(engineId);
        return this.page(input, this.policies.seen(engineId), (policy) => policy.policyId, 'policies', policyReply);
      case 'ListPolicySummaries':
        this.readableEngine(engineId);
        return this.page(input, this.policies.seen(engineId), (policy) => policy.policyId, 'policies', summaryReply);
      case 'StartPolicyGeneration': {
        this.readableEngine(engineId);
        const { rawText = '' } = input['content'] as { rawText?: string };
        const { arn = '' } = input['resource'] as { arn?: string };
        return this.generations.start(engineId, textOf(input, 'name'), rawText, arn, ending);
      }
      case 'GetPolicyGeneration':
        return this.generations.get(engineId, textOf(input, 'policyGenerationId'));
      case 'ListPolicyGenerationAssets': {
        const assets = this.generations.assets(engineId, textOf(input, 'policyGenerationId'));
        return this.page(input, assets, ({ id }) => id, 'policyGenerationAssets', assetReply);
      }
      case 'GetGateway':
        return this.gatewayStore.reply(textOf(input, 'gatewayIdentifier'));
      case 'UpdateGateway':
        return this.gatewayStore.update(textOf(input, 'gatewayIdentifier'), input, ending);
      case 'ListGatewayTargets': {
        const { targets = [] } = this.gatewayStore.current(textOf(input, 'gatewayIdentifier'));
        return this.page(
          input,
          targets,
          ({ targetId }) => String(targetId),
          'items',
          ({ targetId, name, status }) => ({ targetId, name, status }),
        );
      }
      case 'GetGatewayTarget': {
        const { targets = [] } = this.gatewayStore.current(textOf(input, 'gatewayIdentifier'));
        const targetId = textOf(input, 'targetId');
        return found(
          targets.find((target) => target.targetId === targetId),
          targetId,
        );
      }
      case 'ListGatewayRateLimits':
        return { rateLimits: this.gatewayStore.current(textOf(input, 'gatewayIdentifier')).rateLimits ?? [] };
      case 'ListTagsForResource': {
        const arn = textOf(input, 'resourceArn');
        const gateway = [...this.gateways.values()].find(({ gatewayArn }) => gatewayArn === arn);
        if (gateway !== undefined) return { tags: gateway['tags'] ?? {} };
        const engine = this.engines.current().find(({ policyEngineArn }) => policyEngineArn === arn);
        return { tags: found(engine, arn).tags };
      }
      case 'TagResource':
        this.engines.retag(textOf(input, 'resourceArn'), (tags) => ({ ...tags, ...(input['tags'] as object) }));
        return {};
      case 'UntagResource': {
        const keys = input['tagKeys'] as readonly string[];
        this.engines.retag(textOf(input, 'resourceArn'), (tags) =>
          Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))),
        );
        return {};
      }
      default:
        return operation satisfies never;
    }
  }

  /** A page begins after the item that the token names, so that changes in between lose nothing. */
  private page<T>(
    input: Input,
    items: readonly T[],
    key: (item: T) => string,
    member: string,
    render: (item: T) => object,
  ): object {
    const size = Math.min(this.options.pageSize, Number(input['maxResults'] ?? 10));
    const sequence = (item: T): string => key(item).slice(-10);
    const after = input['nextToken'] as string | undefined;
    const rest = after === undefined ? items : items.filter((item) => sequence(item) > after);
    const shown = rest.slice(0, size);
    const last = shown.at(-1);
    return {
      [member]: shown.map(render),
      ...(rest.length > size && last !== undefined && { nextToken: sequence(last) }),
    };
  }

  private writableEngine(engineId: string): void {
    const engine = found(
      this.engines.current().find(({ policyEngineId }) => policyEngineId === engineId),
      engineId,
    );
    if (engine.status === 'CREATING' || engine.status === 'DELETING') throw conflict(`${engineId} is ${engine.status}`);
  }

  private readableEngine(engineId: string): void {
    found(
      this.engines.seen().find(({ policyEngineId }) => policyEngineId === engineId),
      engineId,
    );
  }

  private policyOf(engineId: string, policyId: string): PolicyView {
    return found(
      this.policies.current(engineId).find((policy) => policy.policyId === policyId),
      policyId,
    );
  }

  private checkContext(engineId: string, policyId: string, validationMode: unknown): CheckContext {
    const attached = [...this.gateways.values()].filter(({ policyEngineConfiguration }) =>
      policyEngineConfiguration?.arn.endsWith(`/${engineId}`),
    );
    const isPermit = (policy: PolicyView): boolean =>
      policy.status === 'ACTIVE' && policy.enforcementMode === 'ACTIVE' && /\bpermit\s*\(/.test(policy.statement);
    return {
      tools: new Set(attached.flatMap(({ tools }) => tools)),
      hasPermit: this.policies.current(engineId).some((policy) => policy.policyId !== policyId && isPermit(policy)),
      findingsFail: validationMode !== 'IGNORE_ALL_FINDINGS',
      interceptorRefuses: this.interceptorRefuses,
      notInvocable: this.mayInvoke ? undefined : attached[0]?.gatewayId,
    };
  }
}

/** What becomes of a call whose answer does not arrive. */
function noAnswer(fault: Fault): Promise<never> {
  if (fault === 'hang' || fault === 'hang-after') return new Promise(() => undefined);
  throw new BrokenConnection('socket hang up');
}

function textOf(input: Input, member: string): string {
  const value = input[member];
  return typeof value === 'string' ? value : '';
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw notFound(what);
  return value;
}

function throttled(): ApiError {
  return new ApiError(429, 'ThrottlingException', 'Rate exceeded');
}

function definitionOf(input: Input): { readonly statement: string } | undefined {
  const definition = input['definition'] as { [kind: string]: { statement: string } } | undefined;
  const statement = (definition?.['cedar'] ?? definition?.['policy'])?.statement;
  return statement === undefined ? undefined : { statement };
}
