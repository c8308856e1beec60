import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { Location } from '../../diagnostics/diagnostic';
import type { PolicyJson } from '../cedar';
import { unquote } from '../cedar-string';
import { type StatementShape, statementShape } from '../conditions';
import { GUARD_ORIGIN } from '../guards';
import { type Token, tokens } from '../lexer';
import type { PreparedPolicy } from '../policy-set';
import type { ToolSchema } from '../schema-json';
import { coversTool } from '../scope';
import { locateBytes, locateInPolicy } from '../statement-text';

/** A place where a policy reads something. Offsets are UTF-16 indexes into the bound statement. */
export interface Read {
  /** Names from the variable on, for example `['region']` of `context.input.region`. */
  readonly path: readonly string[];
  /** Whether it only asks if the thing is there. */
  readonly isTest: boolean;
  readonly start: number;
  readonly end: number;
}

/** A policy as lints look at it. */
export class PolicyView {
  readonly tokens: readonly Token[];
  readonly shape: StatementShape;
  /** Tools that the action scope covers. */
  readonly tools: readonly ToolSchema[];
  /** Claims that are read as tags of the principal, with the name as path. */
  readonly tagReads: readonly Read[];
  /** What is read of the context, `input` and `system` included. */
  readonly contextReads: readonly Read[];

  constructor(
    readonly prepared: PreparedPolicy,
    private readonly gatewayArn: string,
    private readonly source: string | undefined,
    tools: ReadonlyMap<string, ToolSchema>,
  ) {
    this.tokens = tokens(prepared.text);
    this.shape = statementShape(prepared.text);
    this.tools = [...tools.values()].filter((tool) => coversTool(prepared.json, tool));
    this.tagReads = tagReads(this.tokens);
    this.contextReads = contextReads(this.tokens);
  }

  get policy(): DesiredPolicy {
    return this.prepared.policy;
  }

  get json(): PolicyJson {
    return this.prepared.json;
  }

  /** What is read of the tool's arguments, without the leading `input`. */
  get inputReads(): Read[] {
    return this.contextReads
      .filter(({ path }) => path[0] === 'input' && path.length > 1)
      .map((read) => ({ ...read, path: read.path.slice(1) }));
  }

  /** The place of a span. */
  at(start: number, end: number): Location {
    return locateInPolicy(this.policy, this.gatewayArn, start, end, this.source);
  }

  /** The place of a span that Cedar reports. */
  atBytes({ start, end }: { readonly start: number; readonly end: number }): Location {
    return locateBytes(this.policy, this.gatewayArn, start, end, this.source);
  }

  /** The place of what is read where a finding starts: Cedar includes the method that is called on it. */
  atRead(finding: { readonly start: number; readonly end: number }): Location {
    const start = this.indexOf(finding.start);
    const read = [...this.contextReads, ...this.tagReads].find((one) => one.start === start && !one.isTest);
    return read && read.end < this.indexOf(finding.end) ? this.at(read.start, read.end) : this.atBytes(finding);
  }

  /** The UTF-16 index of a byte offset. */
  indexOf(byte: number): number {
    return Buffer.from(this.prepared.text, 'utf8').subarray(0, byte).toString('utf8').length;
  }

  /** The text of a span that Cedar reports. */
  textOf({ start, end }: { readonly start: number; readonly end: number }): string {
    return Buffer.from(this.prepared.text, 'utf8').subarray(start, end).toString('utf8');
  }

  /** Whether the service's own analysis is told not to block this policy. */
  get ignoresFindings(): boolean {
    return this.policy.validationMode === 'IGNORE_ALL_FINDINGS';
  }

  /** Whether it is one of the library's own. */
  get isGuard(): boolean {
    return this.policy.origin.file === GUARD_ORIGIN;
  }

  /** Where the policy starts. */
  get head(): Location {
    return this.at(0, this.policy.effect.length);
  }

  /** A part of the scope: from its variable to the comma or bracket behind it. */
  scopeOf(variable: 'principal' | 'action' | 'resource'): Location {
    let depth = 0;
    let first: Token | undefined;
    let last: Token | undefined;
    for (const token of this.tokens) {
      if (token.kind === 'sign' && '([{'.includes(token.text)) depth += 1;
      if (token.kind === 'sign' && ')]}'.includes(token.text)) depth -= 1;
      if (first && depth <= 1 && (token.text === ',' || depth === 0)) break;
      if (!first && depth === 1 && token.text === variable) first = token;
      if (first) last = token;
    }
    return first && last ? this.at(first.start, last.end) : this.head;
  }

  /** The place of the first tokens with these texts, or the head. */
  find(...texts: readonly string[]): Location {
    const from = this.tokens.findIndex((_, index) =>
      texts.every((text, step) => this.tokens[index + step]?.text === text),
    );
    const first = this.tokens[from];
    const last = this.tokens[from + texts.length - 1];
    return first && last ? this.at(first.start, last.end) : this.head;
  }
}

function tagReads(all: readonly Token[]): Read[] {
  return all.flatMap((token, index) => {
    const isTest = token.text === 'hasTag';
    if (token.kind !== 'name' || !(isTest || token.text === 'getTag')) return [];
    const [variable, dot] = [all[index - 2], all[index - 1]];
    const [open, name, close] = [all[index + 1], all[index + 2], all[index + 3]];
    if (variable?.text !== 'principal' || dot?.text !== '.' || open?.text !== '(' || close?.text !== ')') return [];
    if (name?.kind !== 'string') return [];
    return [{ path: [unquote(name.text)], isTest, start: variable.start, end: close.end }];
  });
}

function contextReads(all: readonly Token[]): Read[] {
  return all.flatMap((token, index) => {
    if (token.kind !== 'name' || token.text !== 'context' || all[index - 1]?.text === '.') return [];
    const chain = accessChain(all, index + 1);
    const asked = all[chain.next]?.text === 'has' ? testedPath(all, chain.next + 1) : undefined;
    const path = [...chain.path, ...(asked?.path ?? [])];
    const last = all[(asked?.next ?? chain.next) - 1] ?? token;
    return path.length === 0 ? [] : [{ path, isTest: asked !== undefined, start: token.start, end: last.end }];
  });
}

/** The names in an access as Cedar prints it: `input["a b"].c`, or `["a b"]` at the start. */
export function attributePath(text: string): string[] {
  return accessChain(tokens(text.startsWith('[') ? text : `.${text}`), 0).path;
}

/** `.a["b"].c` from an index on, up to a method. */
function accessChain(all: readonly Token[], from: number): { path: string[]; next: number } {
  const path: string[] = [];
  let next = from;
  for (;;) {
    const [sign, name, behind] = [all[next], all[next + 1], all[next + 2]];
    if (sign?.text === '.' && name?.kind === 'name' && behind?.text !== '(') {
      path.push(name.text);
      next += 2;
    } else if (sign?.text === '[' && name?.kind === 'string' && behind?.text === ']') {
      path.push(unquote(name.text));
      next += 3;
    } else return { path, next };
  }
}

/** What stands behind `has`: a name, a string, or names with dots. */
function testedPath(all: readonly Token[], from: number): { path: string[]; next: number } {
  const first = all[from];
  if (first?.kind === 'string') return { path: [unquote(first.text)], next: from + 1 };
  const rest = accessChain(all, from + 1);
  return { path: [first?.text ?? '', ...rest.path], next: rest.next };
}
