import type { DesiredPolicy } from '../../../contract/policy-set-document';
import { type ClassPlace, classPlaces } from '../../../contract/tool-classes/class-places';
import type { Location } from '../../../diagnostics/diagnostic';
import type { PolicyJson } from '../../cedar/cedar';
import type { PreparedPolicy } from '../../decision/policy-set';
import { coversTool } from '../../decision/scope';
import { GUARD_ORIGIN } from '../../guards/guard';
import type { ToolSchema } from '../../schema/schema-json';
import { type StatementShape, statementShape } from '../../text/conditions';
import { type Token, tokens } from '../../text/lexer';
import { type AttributeRead, contextReads, tagReads } from '../../text/reads';
import { locateBytes, locateInPolicy } from '../../text/statement-text';

/** A policy as lints look at it. */
export class PolicyView {
  readonly tokens: readonly Token[];
  readonly shape: StatementShape;
  /** Tools that the action scope covers. */
  readonly tools: readonly ToolSchema[];
  /** Where it names classes of tools. */
  readonly classPlaces: readonly ClassPlace[];
  /** Claims that are read as tags of the principal, with the name as path. */
  readonly tagReads: readonly AttributeRead[];
  /** Attributes of the context that the policy reads, `input` and `system` included. */
  readonly contextReads: readonly AttributeRead[];

  constructor(
    readonly prepared: PreparedPolicy,
    private readonly gatewayArn: string,
    private readonly source: string | undefined,
    tools: ReadonlyMap<string, ToolSchema>,
  ) {
    this.tokens = tokens(prepared.text);
    this.shape = statementShape(prepared.text);
    this.tools = [...tools.values()].filter((tool) => coversTool(prepared.json, tool));
    this.classPlaces = classPlaces(prepared.text);
    this.tagReads = tagReads(this.tokens);
    this.contextReads = contextReads(this.tokens);
  }

  get policy(): DesiredPolicy {
    return this.prepared.policy;
  }

  get json(): PolicyJson {
    return this.prepared.json;
  }

  /** Arguments of the tool that the policy reads, without the leading `input`. */
  get inputReads(): AttributeRead[] {
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

  /** Whether the app's team cannot change it: a guard of the library, or a forbid of a baseline. */
  get isGiven(): boolean {
    return this.isGuard || (this.policy.baseline !== undefined && this.policy.effect === 'forbid');
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
