import { ask, CedarFailure, type DetailedError, type PolicyJson } from '../cedar/cedar';
import { tokens } from '../text/lexer';

/** A statement as Cedar's JSON form, or why it has none. */
export type ParsedStatement =
  | { readonly ok: true; readonly json: PolicyJson }
  | { readonly ok: false; readonly errors: readonly DetailedError[] };

/** The same statements are parsed again and again: by validation, by tests and by every mutant of a set. */
const REMEMBERED = 5_000;
const memory = new Map<string, ParsedStatement>();

/** Parses one policy, which may have template slots. Never throws. */
export function parseStatement(text: string): ParsedStatement {
  const known = memory.get(text);
  if (known !== undefined) return known;
  if (memory.size >= REMEMBERED) memory.clear();
  const parsed = parse(text);
  memory.set(text, parsed);
  return parsed;
}

function parse(text: string): ParsedStatement {
  try {
    const answer = ask((cedar) => (isTemplate(text) ? cedar.templateToJson(text) : cedar.policyToJson(text)));
    if (answer.type === 'failure') return { ok: false, errors: answer.errors };
    return isDeeper(answer.json.conditions, MAX_JSON_DEPTH)
      ? { ok: false, errors: [tooDeep()] }
      : { ok: true, json: answer.json };
  } catch (error) {
    if (!(error instanceof CedarFailure)) throw error;
    return { ok: false, errors: [tooDeep()] };
  }
}

/**
 * Levels of Cedar's JSON form, where an operator takes two and brackets none. Cedar decides until about 100 operators in a row,
 * fewer the deeper the caller's own stack is, so that a policy that is taken here can be decided with room to spare.
 */
const MAX_JSON_DEPTH = 2 * 64 + 2;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

function isTemplate(text: string): boolean {
  return text.includes('?') && tokens(text).some((token) => token.kind === 'slot');
}

function tooDeep(): DetailedError {
  const message = 'expression nests too deep';
  return { message, help: null, code: TOO_DEEP, url: null, severity: 'error' };
}

/** Code of the error of a statement that overflows Cedar's stack or its JSON reader. */
export const TOO_DEEP = 'too-deep';
