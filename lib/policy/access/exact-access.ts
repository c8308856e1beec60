import type { Principal } from '../../contract/claims';
import type { JsonObject } from '../../contract/json';
import { authorize } from '../decision/authorize';
import type { PolicySet } from '../decision/policy-set';
import { attack } from '../proof/confirmed';
import { findPair } from '../proof/dependence/call-pair';
import { type CallPart, partsOf, valueOfPart } from '../proof/dependence/call-part';
import { activePolicies } from '../proof/encode/active-policies';
import type { CallSpace } from '../proof/encode/call-space';
import { madeBy, withArguments } from '../proof/encode/known-caller';
import type { Formula } from '../proof/formula/formula';
import { type ProofAnswer, Prover } from '../proof/prover';
import type { Witness } from '../proof/witness/witness';
import type { ToolSchema } from '../schema/schema-json';
import type { Persona } from '../testing/file/test-file';
import type { GatewayUnderTest } from '../testing/run/gateway-under-test';
import { DEFAULT_NOW } from '../testing/run/offline-backend';
import { claimsOf, principalOf } from '../testing/run/persona-claims';
import { intercept } from '../testing/run/trusted-values';
import type { Decider, PersonaAccess } from './access';

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
    const parts = partsOf(allowed, prover.calls(tool)).filter(
      ({ kind, name }) => kind === 'time' || (kind === 'argument' && !Object.hasOwn(caller.filled, name)),
    );
    return { access: 'sometimes', dependsOn: parts.flatMap((part) => this.decider(part, tool, caller, allowed)) };
  }

  /** Whether two calls that differ in one argument only end differently. */
  private decider(part: CallPart, tool: ToolSchema, caller: Caller, allowed: Formula): Decider[] {
    const prover = this.prover(caller.principal.type);
    const known = about(caller, allowed, prover.calls(tool));
    const { formulas } = prover;
    const first = formulas.and(known, allowed);
    const answer = findPair(prover, { tool, part, first, second: formulas.and(known, formulas.not(allowed)) });
    const on = part.name;
    if (answer.kind === 'never') return [];
    if (answer.kind === 'undecided') return [{ on, examples: [] }];
    const examples = [answer.pair.first, answer.pair.second].map((witness) => ({
      value: valueOfPart(part, witness),
      outcome: authorize(this.set, { ...witness.call, principal: caller.principal }).outcome,
    }));
    const isShown = examples[0]?.outcome === 'ALLOW' && examples[1]?.outcome !== 'ALLOW';
    return [{ on, examples: isShown ? examples : [] }];
  }

  private attacked(
    prover: Prover,
    tool: ToolSchema,
    { principal, filled, timed }: Caller,
    near: Formula,
    access: 'always' | 'never',
  ): PersonaAccess {
    const contradicts = ({ call }: Witness): boolean => {
      const made = { ...call, principal, input: { ...timed, ...call.input, ...filled } };
      return (authorize(this.set, made).outcome === 'ALLOW') !== (access === 'always');
    };
    attack(prover, { tool, near, contradicts, claim: `access was proved to be \`${access}\`` });
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

  /** Without declared claims: those of a persona are known one by one. */
  private prover(principalType: Principal['type']): Prover {
    const prover = this.provers.get(principalType) ?? new Prover({ gatewayArn: this.set.gatewayArn, principalType });
    this.provers.set(principalType, prover);
    return prover;
  }
}

function find(prover: Prover, tool: ToolSchema, caller: Caller, question: Formula): ProofAnswer {
  return prover.find(prover.formulas.and(question, about(caller, question, prover.calls(tool))), tool);
}

/** That a call is one of the caller, with what the interceptor fills in for it, as far as a formula asks. */
function about({ principal, filled, timed }: Caller, question: Formula, calls: CallSpace): Formula {
  const { formulas } = calls;
  const there = Object.fromEntries(Object.keys(timed).map((name) => [name, null]));
  const known = withArguments({ ...filled, ...there }, calls);
  return formulas.and(known, madeBy(principal, formulas.and(question, known), calls));
}
