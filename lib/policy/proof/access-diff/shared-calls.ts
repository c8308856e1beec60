import { isDeepStrictEqual } from 'node:util';
import type { CedarAttributes, CedarType } from '../../../contract/arguments/cedar-type';
import type { ToolCall } from '../../decision/model';
import type { ToolSchema } from '../../schema/schema-json';
import { presenceAt } from '../encode/argument-values';
import type { Formula, Formulas } from '../formula/formula';
import { filledArguments, type PreparedGateway } from './compared-gateway';

/** A tool as one gateway has it, looked at beside the same tool of another gateway. */
export interface SharedTool {
  /** The tool with the arguments that the interceptor of either gateway fills. */
  readonly tool: ToolSchema;
  /** Whether both gateways take the same arguments. */
  readonly isSame: boolean;
  /** What a caller of this gateway sends, seen by its own policies. */
  readonly own: (call: ToolCall) => ToolCall;
  /** The same call, seen by the other gateway's policies. */
  readonly other: (call: ToolCall) => ToolCall;
  /**
   * Calls that the other gateway takes too. A call with an argument whose type has changed is never one of them, even where a value has both
   * types: so a proof that nothing changes stays one, and what is found is decided again by both.
   */
  readonly fits: (formulas: Formulas) => Formula;
}

/**
 * One tool of two gateways as one set of calls: those that the first takes. What an interceptor fills is taken to be filled, and to have the
 * same value for both, so that a field that is new or gone takes nobody's access away by itself.
 */
export function sharedTool(first: PreparedGateway, second: PreparedGateway, name: string): SharedTool | undefined {
  const [own, other] = [first.set.schema.tools.get(name), second.set.schema.tools.get(name)];
  if (own === undefined || other === undefined) return undefined;
  if (isDeepStrictEqual(own.input, other.input)) {
    return { tool: own, isSame: true, own: (call) => call, other: (call) => call, fits: ({ true: always }) => always };
  }
  const isFilled = new Set([...filledArguments(first, name), ...filledArguments(second, name)]);
  const onlyOther = [...other.input.attributes].filter(([one]) => isFilled.has(one) && !own.input.attributes.has(one));
  const onlyOwn = [...own.input.attributes.keys()].filter(
    (one) => isFilled.has(one) && !other.input.attributes.has(one),
  );
  const added = new Map(onlyOther.map(([one, { type }]) => [one, { type, required: true }] as const));
  const tool = { ...own, input: { ...own.input, attributes: new Map([...own.input.attributes, ...added]) } };
  const dropsOthers = second.set.switches.unknownArguments === 'drop';
  return {
    tool,
    isSame: false,
    own: (call) => without(call, [...added.keys()]),
    other: (call) => without(call, onlyOwn),
    fits: (formulas) => {
      const compared = new Map([...tool.input.attributes].filter(([one]) => !onlyOwn.includes(one)));
      return new Fitting(formulas, dropsOthers).record(['input'], compared, other.input.attributes);
    },
  };
}

function without(call: ToolCall, names: readonly string[]): ToolCall {
  if (names.length === 0) return call;
  return { ...call, input: Object.fromEntries(Object.entries(call.input).filter(([name]) => !names.includes(name))) };
}

/** Which arguments of one type another type takes, as a formula. */
class Fitting {
  constructor(
    private readonly formulas: Formulas,
    private readonly dropsOthers: boolean,
  ) {}

  record(path: readonly string[], own: CedarAttributes, other: CedarAttributes): Formula {
    const names = new Set([...own.keys(), ...other.keys()]);
    return this.formulas.and(...[...names].map((name) => this.attribute([...path, name], name, own, other)));
  }

  private attribute(path: readonly string[], name: string, own: CedarAttributes, other: CedarAttributes): Formula {
    const { formulas } = this;
    const [mine, theirs] = [own.get(name), other.get(name)];
    if (mine === undefined) return formulas.constant(theirs?.required !== true);
    const present = mine.required ? formulas.true : formulas.boolean(presenceAt(path));
    if (theirs === undefined) return this.dropsOthers ? formulas.true : formulas.not(present);
    const enough = theirs.required ? present : formulas.true;
    return formulas.and(enough, formulas.or(formulas.not(present), this.value(path, mine.type, theirs.type)));
  }

  private value(path: readonly string[], own: CedarType, other: CedarType): Formula {
    if (isDeepStrictEqual(own, other)) return this.formulas.true;
    if (own.kind !== 'record' || other.kind !== 'record') return this.formulas.false;
    return this.record(path, own.attributes, other.attributes);
  }
}
