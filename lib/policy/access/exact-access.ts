import type { Principal } from '../../contract/claims';
import type { JsonObject, JsonValue } from '../../contract/json';
import { authorize } from '../decision/authorize';
import type { ToolCall } from '../decision/model';
import type { PolicySet } from '../decision/policy-set';
import { activePolicies } from '../proof/encode/active-policies';
import { madeBy, withArguments } from '../proof/encode/known-caller';
import type { Formula } from '../proof/formula/formula';
import { type ProofAnswer, Prover } from '../proof/prover';
import { attackingCalls } from '../proof/witness/attacking-calls';
import type { ToolSchema } from '../schema/schema-json';
import type { Persona } from '../testing/file/test-file';
import type { GatewayUnderTest } from '../testing/run/gateway-under-test';
import { DEFAULT_NOW } from '../testing/run/offline-backend';
import { claimsOf, principalOf } from '../testing/run/persona-claims';
import { intercept } from '../testing/run/trusted-values';
import type { Decider, PersonaAccess } from './access';
import { TIME, type Twin, twinOf } from './twin-argument';

/** A caller and what the interceptor fills in for it. */
interface Caller {
  readonly principal: Principal;
  readonly filled: JsonObject;
  /** Values that it makes of the time, which is not known. */
  readonly timed: JsonObject;
}

/** Says for personas whether they may use a tool for every argument and time there can be, by proof, and on what it depends. */
export class ExactAccess {
  private readonly provers = new Map<Principal['type'], Prover>();
  private readonly twins = new Map<string, Twin>();

  constructor(
    private readonly gateway: GatewayUnderTest,
    private readonly set: PolicySet,
  ) {}

  /** Throws an Error for a proof that a call contradicts: the library is wrong then. */
  of(tool: ToolSchema, persona: Persona): PersonaAccess {
    const caller = this.set.schema.denied.has(tool.action) ? undefined : this.caller(tool, persona);
    if (caller === undefined) return { access: 'never' };
    const prover = this.prover(caller.principal.type);
    const { allowed } = prover.decision(activePolicies(this.set, tool), tool);
    const isAllowed = find(prover, tool, caller, allowed).kind;
    const isRefused = find(prover, tool, caller, prover.formulas.not(allowed)).kind;
    if (isAllowed === 'never') return this.attacked(prover, tool, caller, allowed, 'never');
    if (isRefused === 'never') return this.attacked(prover, tool, caller, allowed, 'always');
    if (isAllowed === 'undecided' || isRefused === 'undecided') return { access: 'undecided' };
    const free = [...tool.input.attributes.keys()].filter((name) => !Object.hasOwn(caller.filled, name));
    return { access: 'sometimes', dependsOn: [...free.sort(), TIME].flatMap((on) => this.decider(on, tool, caller)) };
  }

  /** Whether two calls that differ in one argument only end differently. */
  private decider(on: string, tool: ToolSchema, caller: Caller): Decider[] {
    const prover = this.prover(caller.principal.type);
    const twin = this.twin(tool, on);
    const policies = activePolicies(this.set, tool);
    const others = policies.map(twin.reading);
    const unknown = [{ on, examples: [] }];
    if (others.some((policy) => policy === undefined)) return unknown;
    const { allowed } = prover.decision(policies, twin.tool);
    const { allowed: otherAllowed } = prover.decision(
      others.flatMap((policy) => policy ?? []),
      twin.tool,
    );
    if (allowed === otherAllowed) return [];
    const answer = find(prover, twin.tool, caller, prover.formulas.and(allowed, prover.formulas.not(otherAllowed)));
    if (answer.kind === 'never') return [];
    if (answer.kind === 'undecided' || answer.beyondJson) return unknown;
    const { call } = answer.witness;
    const { [twin.name]: second, ...input } = call.input;
    const first: ToolCall = { ...call, principal: caller.principal, input };
    const examples = [first, withValue(first, on, second)].map((one) => ({
      value: on === TIME ? one.now.toISOString() : one.input[on],
      outcome: authorize(this.set, one).outcome,
    }));
    const [before, after] = examples;
    return before?.outcome === 'ALLOW' && after?.outcome !== 'ALLOW' ? [{ on, examples }] : unknown;
  }

  private attacked(
    prover: Prover,
    tool: ToolSchema,
    { principal, filled, timed }: Caller,
    near: Formula,
    access: 'always' | 'never',
  ): PersonaAccess {
    for (const { call } of attackingCalls(near, prover.calls(tool))) {
      const attack = { ...call, principal, input: { ...timed, ...call.input, ...filled } };
      if ((authorize(this.set, attack).outcome === 'ALLOW') === (access === 'always')) continue;
      throw new Error(
        `access was proved to be \`${access}\`, and this call is decided otherwise: ${JSON.stringify(attack)}`,
      );
    }
    return { access };
  }

  /** Undefined for a persona whose calls the interceptor denies. */
  private caller(tool: ToolSchema, persona: Persona): Caller | undefined {
    const { trusted, identity, targets } = this.gateway;
    const claims = persona.iam !== undefined || persona.anonymous ? {} : claimsOf(persona, identity);
    const catalogued = targets.find(({ name }) => name === tool.target)?.tools.find(({ name }) => name === tool.tool);
    const about = { name: tool.action, inputSchema: catalogued?.inputSchema };
    const filled = intercept(trusted, about, {}, persona.trusted, { claims, now: DEFAULT_NOW });
    if ('denied' in filled) return undefined;
    const isTimed = (name: string): boolean =>
      trusted.fields?.some((field) => field.name === name && field.source.kind === 'time') === true;
    const values = Object.entries(filled.arguments);
    return {
      principal: principalOf(persona, identity),
      filled: Object.fromEntries(values.filter(([name]) => !isTimed(name))) as JsonObject,
      timed: Object.fromEntries(values.filter(([name]) => isTimed(name))) as JsonObject,
    };
  }

  private twin(tool: ToolSchema, argument: string): Twin {
    const key = JSON.stringify([tool.action, argument]);
    const twin = this.twins.get(key) ?? twinOf(tool, argument);
    this.twins.set(key, twin);
    return twin;
  }

  /** Without declared claims: those of a persona are known one by one. */
  private prover(principalType: Principal['type']): Prover {
    const prover = this.provers.get(principalType) ?? new Prover({ gatewayArn: this.set.gatewayArn, principalType });
    this.provers.set(principalType, prover);
    return prover;
  }
}

function find(prover: Prover, tool: ToolSchema, { principal, filled, timed }: Caller, question: Formula): ProofAnswer {
  const calls = prover.calls(tool);
  const there = Object.fromEntries(Object.keys(timed).map((name) => [name, null]));
  const known = prover.formulas.and(question, withArguments({ ...filled, ...there }, calls));
  return prover.find(prover.formulas.and(known, madeBy(principal, known, calls)), tool);
}

function withValue(call: ToolCall, on: string, value: JsonValue | undefined): ToolCall {
  if (on === TIME) return { ...call, now: new Date(value as string) };
  const { [on]: _, ...others } = call.input;
  return { ...call, input: value === undefined ? others : { ...others, [on]: value } };
}
