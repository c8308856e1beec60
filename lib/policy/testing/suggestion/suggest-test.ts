import type { Principal } from '../../../contract/claims';
import { PROOF_ARGUMENT } from '../../../contract/interceptor-proof';
import type { JsonObject, JsonValue } from '../../../contract/json';
import type { DeclaredClaim } from '../../../contract/manifest';
import type { TrustedValue } from '../../../contract/trusted-value';
import { authorize } from '../../decision/authorize';
import type { Decision } from '../../decision/model';
import type { PolicySet } from '../../decision/policy-set';
import type { Comparison, TellingCall } from '../../proof/comparison';
import { madeBy, withArguments } from '../../proof/encode/known-caller';
import { Prover } from '../../proof/prover';
import type { Witness } from '../../proof/witness/witness';
import { readTestFile } from '../file/read-test-file';
import type { Persona, TestFile } from '../file/test-file';
import type { CallCaseData } from '../file/test-file-schema';
import type { GatewayUnderTest } from '../run/gateway-under-test';
import { DEFAULT_NOW, OfflineBackend } from '../run/offline-backend';
import { claimsOf, principalOf } from '../run/persona-claims';
import { runTests } from '../run/run-tests';
import { intercept } from '../run/trusted-values';
import { type Suggestion, suggestedFile } from './render-suggestion';
import { personaData, personasOf, type SuggestedPersona } from './suggested-persona';

/** Personas of the test files that are tried before a new one is made. */
const MOST_PERSONAS = 20;

const GROUPS: readonly DeclaredClaim[] = [{ name: 'cognito:groups', source: 'standard', multiValued: true }];

/** Two versions of a policy set, and a call that they decide differently. */
export interface Told {
  readonly name: string;
  readonly original: PolicySet;
  readonly mutant: PolicySet;
  /** Of both versions as the proofs compare them: with the policy active. */
  readonly comparison: Comparison;
  readonly telling: TellingCall;
  /** Whether the policy decides nothing, so that only its flips show the difference. */
  readonly isLogOnly: boolean;
}

/** Finds the test that is missing for a mutant: with a persona of the test files if one of them can make such a call. */
export class TestSuggester {
  private readonly personas: readonly { readonly persona: Persona; readonly file: string }[];
  private readonly provers = new Map<Principal['type'], Prover>();
  private readonly found: { readonly suggestion: Suggestion; readonly testFile: TestFile }[] = [];

  constructor(
    private readonly gateway: GatewayUnderTest,
    files: readonly TestFile[],
  ) {
    this.personas = files.flatMap(({ file, personas }) => personas.map((persona) => ({ persona, file })));
  }

  /** A test that passes on the original and fails on the mutant; one that was suggested before where that does. */
  async suggest(told: Told): Promise<Suggestion | undefined> {
    for (const { suggestion, testFile } of this.found) {
      if (!(await this.passes(testFile, told.mutant))) return suggestion;
    }
    for (const { persona, file } of this.personas.slice(0, MOST_PERSONAS)) {
      const witness = this.callBy(persona, told);
      const suggested = { name: persona.name, data: personaData(persona) };
      const suggestion = witness && (await this.checked(told, witness, suggested, file));
      if (suggestion !== undefined) return suggestion;
    }
    const witness = this.likelier(told) ?? told.telling.witness;
    for (const persona of personasOf(witness, this.newName(), this.gateway.identity)) {
      const suggestion = await this.checked(told, witness, persona);
      if (suggestion !== undefined) return suggestion;
    }
    return undefined;
  }

  /** Where claims may have any text: a call whose groups are an array, as Cognito writes them. */
  private likelier({ telling, comparison, original }: Told): Witness | undefined {
    const tool = original.schema.tools.get(telling.witness.call.tool);
    const { gatewayArn } = original;
    if (tool === undefined || this.gateway.identity?.claims !== undefined) return undefined;
    const prover = new Prover({ gatewayArn, principalType: telling.witness.call.principal.type, claims: GROUPS });
    const answer = prover.find(comparison.differs(prover, tool), tool);
    return answer.kind === 'possible' && !answer.beyondJson ? answer.witness : undefined;
  }

  /** A call that tells, by this persona and with what the interceptor fills in for it. */
  private callBy(persona: Persona, { telling, comparison, original }: Told): Witness | undefined {
    const tool = original.schema.tools.get(telling.witness.call.tool);
    const filled = tool && this.filled(persona, tool.action);
    if (tool === undefined || filled === undefined) return undefined;
    const principal = principalOf(persona, this.gateway.identity);
    const prover = this.prover(principal.type, original);
    const calls = prover.calls(tool);
    const differs = comparison.differs(prover, tool);
    const known = prover.formulas.and(differs, withArguments(filled, calls));
    const answer = prover.find(prover.formulas.and(known, madeBy(principal, known, calls)), tool);
    if (answer.kind !== 'possible' || answer.beyondJson) return undefined;
    return { call: { ...answer.witness.call, principal } };
  }

  private async checked(
    told: Told,
    witness: Witness,
    persona: SuggestedPersona,
    file?: string,
  ): Promise<Suggestion | undefined> {
    const decision = authorize(told.original, witness.call);
    const suggestion = { persona, test: this.test(told, witness, persona, decision), ...(file ? { file } : {}) };
    const { testFile } = readTestFile('', suggestedFile([suggestion]));
    if (testFile === undefined) return undefined;
    const tells = (await this.passes(testFile, told.original)) && !(await this.passes(testFile, told.mutant));
    if (tells) this.found.push({ suggestion, testFile });
    return tells ? suggestion : undefined;
  }

  private test(told: Told, { call }: Witness, persona: SuggestedPersona, decision: Decision): CallCaseData {
    const { trusted, sent } = this.apart(call.tool, call.input);
    const { outcome } = decision;
    const flips = decision.flips.map(({ policy }) => policy);
    return {
      name: `notices ${told.name}`,
      as: persona.name,
      ...(call.now.getTime() === DEFAULT_NOW.getTime() ? {} : { now: call.now.toISOString() }),
      call: call.tool,
      ...(Object.keys(sent).length === 0 ? {} : { arguments: sent }),
      // Those of a persona that is in a file already are what the interceptor finds for it.
      ...(Object.keys(trusted).length === 0 || this.isKnown(persona) ? {} : { trusted }),
      expect: told.isLogOnly ? { decision: outcome, flips } : outcome,
    };
  }

  /** Arguments that the interceptor fills in, and those that the client sends. */
  private apart(tool: string, input: JsonObject): { trusted: { [name: string]: TrustedValue }; sent: JsonObject } {
    const fields = this.gateway.trusted.fields ?? [];
    const names = new Set(fields.filter(({ tools }) => tools.includes(tool)).map(({ name }) => name));
    const trusted = Object.entries(input).filter(([name]) => names.has(name) && name !== PROOF_ARGUMENT);
    const sent = Object.entries(input).filter(([name]) => !names.has(name));
    return {
      trusted: Object.fromEntries(trusted) as { [name: string]: TrustedValue },
      sent: Object.fromEntries(sent) as { [name: string]: JsonValue },
    };
  }

  /** What the interceptor makes of no arguments at all; undefined where it denies every call of the persona. */
  private filled(persona: Persona, tool: string): JsonObject | undefined {
    const { trusted, identity } = this.gateway;
    const claims = persona.iam !== undefined || persona.anonymous ? {} : claimsOf(persona, identity);
    const about = { name: tool, inputSchema: undefined };
    const filled = intercept(trusted, about, {}, persona.trusted, { claims, now: DEFAULT_NOW });
    return 'denied' in filled ? undefined : filled.arguments;
  }

  private async passes(testFile: TestFile, set: PolicySet): Promise<boolean> {
    const report = await runTests([testFile], new OfflineBackend(this.gateway, set));
    return report.failed === 0;
  }

  private isKnown({ name }: SuggestedPersona): boolean {
    return this.personas.some(({ persona }) => persona.name === name);
  }

  private newName(): string {
    for (let number = 1; ; number += 1) {
      const name = `caller-${number}`;
      const isTaken = this.found.some(({ suggestion }) => suggestion.persona.name === name);
      if (!isTaken && !this.isKnown({ name, data: {} })) return name;
    }
  }

  private prover(type: Principal['type'], { gatewayArn }: PolicySet): Prover {
    const prover = this.provers.get(type) ?? new Prover({ gatewayArn, principalType: type });
    this.provers.set(type, prover);
    return prover;
  }
}
