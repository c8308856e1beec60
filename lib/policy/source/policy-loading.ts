import type { DeclaredInvariant } from '../../contract/invariant';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic, type Location } from '../../diagnostics/diagnostic';
import type { PolicyJson } from '../cedar/cedar';
import type { Token } from '../text/lexer';
import { cutAtGateway } from '../text/statement-text';
import { readAnnotations } from './annotations';
import { locateIndexes, parseProblems } from './parse-problems';
import { parseStatement } from './parsed-policy';
import { policyName } from './policy-name';
import { splitPolicies, type TextSpan } from './split';

/** A text that holds policies. */
export interface PolicyText {
  /** Path relative to the app's directory with forward slashes; `inline` for policies in code. */
  readonly file: string;
  readonly text: string;
  /** Id of a policy that names none. */
  readonly defaultId: string;
  /** Whether it holds policies, or invariants, which are never deployed. */
  readonly kind: 'policies' | 'invariants';
  /** Name of the baseline that brings it. @default - the app has it */
  readonly baseline?: string;
  /** Whether it stands in no file, and `file` only says where it comes from. @default - it does where `file` is `inline` */
  readonly inCode?: boolean;
}

/** Stands for a file in the origin of policies that are written in code. */
export const INLINE = 'inline';

/** Collects the policies of one set, text by text. */
export class PolicyLoading {
  readonly policies: DesiredPolicy[] = [];
  readonly invariants: DeclaredInvariant[] = [];
  readonly texts = new Map<string, string>();
  readonly diagnostics: Diagnostic[] = [];
  readonly files: string[] = [];
  readonly tests: string[] = [];
  readonly watched: string[] = [];
  private readonly places = new Map<string, Location>();
  /** Files with a missing quote: what follows it there is text and code in exchanged roles. */
  private readonly unclosed = new Set<string>();
  /** Number of texts in code, by the file that stands for them. */
  private readonly inline = new Map<string, number>();

  constructor(private readonly nameSeed: string) {}

  add(source: PolicyText): void {
    const numbered = source.file === INLINE ? this.numbered(source) : source;
    const { file, text } = numbered;
    if (this.texts.has(file)) return void this.diagnostics.push(diagnostic('POLICY_FILE_TWICE', { file }));
    this.texts.set(file, text);
    if (source.file !== INLINE && source.inCode !== true) this.files.push(file);
    const spans = splitPolicies(text);
    if (spans.length === 0) {
      this.diagnostics.push(diagnostic('POLICY_FILE_EMPTY', { file }, { location: locateIndexes(file, text, 0, 0) }));
    }
    for (const [index, span] of spans.entries()) this.policy(numbered, span, index);
  }

  /** Texts in code have no path: the second is `inline-2`, or `baseline acme, text 2`. */
  private numbered(source: PolicyText): PolicyText {
    const { baseline, defaultId } = source;
    const name = baseline === undefined ? INLINE : `baseline ${baseline}`;
    const count = (this.inline.get(name) ?? 0) + 1;
    this.inline.set(name, count);
    const suffix = count === 1 ? '' : `-${count}`;
    const file = baseline === undefined || count === 1 ? `${name}${suffix}` : `${name}, text ${count}`;
    return { ...source, file, defaultId: defaultId === INLINE ? `${INLINE}${suffix}` : defaultId };
  }

  private policy(source: PolicyText, span: TextSpan, index: number): void {
    const { file, text } = source;
    if (this.unclosed.has(file)) return;
    const json = this.parse(source, span);
    if (json === undefined) return;
    const placeOf = (annotation: string): Location => placeOfAnnotation(source, span, annotation);
    const annotations = readAnnotations(json.annotations ?? {}, placeOf, this.diagnostics);
    const { baseline } = source;
    const ownId = annotations.id ?? (index === 0 ? source.defaultId : `${source.defaultId}-${index + 1}`);
    const id = baseline === undefined ? ownId : `${baseline}/${ownId}`;
    // What a baseline denies is meant, also where a gateway has nothing of the kind.
    const isMeant = baseline !== undefined && json.effect === 'forbid';
    const place = locateIndexes(file, text, span.effect, span.effect + json.effect.length);
    const saysId = annotations.id === undefined ? place : placeOfAnnotationValue(source, span, 'id');
    const first = this.places.get(id);
    if (first !== undefined) {
      const related = [{ message: 'the first one is here', location: first }];
      return void this.diagnostics.push(diagnostic('POLICY_ID_DUPLICATE', { id }, { location: saysId, related }));
    }
    this.places.set(id, saysId);
    const policy: DesiredPolicy = {
      id,
      name: policyName(this.nameSeed, id),
      effect: json.effect,
      ...(annotations.description === undefined ? {} : { description: annotations.description }),
      statementParts: cutAtGateway(text, span.effect, span.end, span.tokens),
      validationMode: isMeant ? 'IGNORE_ALL_FINDINGS' : annotations.validationMode,
      enforcementMode: annotations.enforcementMode,
      origin: { file, line: place.line, column: place.column },
      ...(baseline !== undefined && { baseline }),
    };
    const sentence = annotations.invariant;
    if (source.kind === 'policies' && sentence === undefined) this.policies.push(policy);
    else if (source.kind === 'policies')
      this.diagnostics.push(diagnostic('INVARIANT_MISPLACED', { file }, { location: placeOf('invariant') }));
    else if (sentence === undefined)
      this.diagnostics.push(diagnostic('INVARIANT_WITHOUT_SENTENCE', {}, { location: place }));
    else this.invariants.push({ ...policy, sentence });
  }

  private parse({ file, text }: PolicyText, span: TextSpan): PolicyJson | undefined {
    const slot = span.tokens.find((token) => token.kind === 'slot' && token.text !== '?resource');
    if (slot !== undefined) {
      const location = locateIndexes(file, text, slot.start, slot.end);
      this.diagnostics.push(diagnostic('POLICY_SLOT_UNKNOWN', { slot: slot.text }, { location }));
      return undefined;
    }
    const foreign = dogwoodWord(span);
    if (foreign !== undefined) {
      const location = locateIndexes(file, text, foreign.start, foreign.end);
      this.diagnostics.push(diagnostic('POLICY_DOGWOOD', { word: foreign.text }, { location }));
      return undefined;
    }
    const written = text.slice(span.start, span.end);
    const parsed = parseStatement(written);
    if (parsed.ok) return parsed.json;
    const open = unclosedQuote(span);
    if (open !== undefined) {
      const [line = ''] = text.slice(open.start).split('\n', 1);
      const location = locateIndexes(file, text, open.start, open.start + line.trimEnd().length);
      this.unclosed.add(file);
      this.diagnostics.push(diagnostic('POLICY_QUOTE_OPEN', {}, { location }));
      return undefined;
    }
    const bytes = Buffer.from(written, 'utf8');
    const index = (offset: number): number => span.start + bytes.subarray(0, offset).toString('utf8').length;
    const place = (start: number, end: number): Location => locateIndexes(file, text, index(start), index(end));
    this.diagnostics.push(...parseProblems(parsed.errors, place));
    return undefined;
  }
}

/** The word that makes a policy Dogwood: `suppressOutput (`, `when guardrails {` or `when temporal {`. */
function dogwoodWord({ tokens }: TextSpan): Token | undefined {
  return tokens.find((token, index) => {
    const next = tokens[index + 1]?.text;
    if (token.text === 'suppressOutput') return next === '(';
    const isClause = token.text === 'guardrails' || token.text === 'temporal';
    return isClause && tokens[index - 1]?.text === 'when' && next === '{';
  });
}

/**
 * The text whose closing quote is missing. Then some text goes on in the next line, or never ends; the first one that is wrong may be another
 * one before it, which ends where a text was meant to begin: `"role) == "clerk"`.
 */
function unclosedQuote({ tokens }: TextSpan): Token | undefined {
  const runsOn = ({ kind, text }: Token): boolean =>
    kind === 'string' && (text.includes('\n') || text.length < 2 || !text.endsWith('"'));
  const isGlued = (token: Token, index: number): boolean => {
    const next = tokens[index + 1];
    return token.kind === 'string' && next?.start === token.end && (next.kind === 'name' || next.kind === 'number');
  };
  return tokens.some(runsOn) ? tokens.find((token, index) => runsOn(token) || isGlued(token, index)) : undefined;
}

function placeOfAnnotation({ file, text }: PolicyText, span: TextSpan, annotation: string): Location {
  const at = span.tokens.findIndex((token, index) => token.text === '@' && span.tokens[index + 1]?.text === annotation);
  const from = span.tokens[at]?.start ?? span.start;
  return locateIndexes(file, text, from, span.tokens[at + 1]?.end ?? from);
}

/** An annotation with its value: `@id("...")`. */
function placeOfAnnotationValue(text: PolicyText, span: TextSpan, annotation: string): Location {
  const { tokens } = span;
  const at = tokens.findIndex((token, index) => token.text === '@' && tokens[index + 1]?.text === annotation);
  const [first, last] = [tokens[at], tokens[at + 4]];
  return locateIndexes(text.file, text.text, first?.start ?? span.start, last?.end ?? span.start);
}
