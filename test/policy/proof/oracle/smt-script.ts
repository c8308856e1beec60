import type { Atom, Text } from '../../../../lib/policy/proof/formula/atom';
import type { Formula } from '../../../../lib/policy/proof/formula/formula';
import type { Linear } from '../../../../lib/policy/proof/formula/linear';
import type { Pattern } from '../../../../lib/policy/proof/formula/pattern';
import type { Language, Variables } from '../../../../lib/policy/proof/formula/variables';

/** A formula and the values of its variables as SMT-LIB 2.6, with the question whether it can hold. */
export function smtScript(formula: Formula, variables: Variables): string {
  const script = new Script(variables);
  const whole = script.formula(formula);
  return [...script.lines, `(assert ${whole})`, '(check-sat)'].join('\n');
}

class Script {
  readonly lines: string[] = [];
  private readonly symbols = new Map<string, string>();
  private readonly defined = new Map<number, string>();

  constructor(private readonly variables: Variables) {}

  /** Each part is defined once. */
  formula(formula: Formula): string {
    const known = this.defined.get(formula.id);
    if (known !== undefined) return known;
    const text = this.define(formula);
    this.defined.set(formula.id, text);
    return text;
  }

  private define(formula: Formula): string {
    if (formula.kind === 'atom') return this.atom(formula.atom);
    if (formula.kind === 'not') return `(not ${this.formula(formula.part)})`;
    if (!('parts' in formula)) return formula.kind;
    const parts = formula.parts.map((part) => this.formula(part));
    const name = `f${formula.id}`;
    this.lines.push(`(define-fun ${name} () Bool (${formula.kind} ${parts.join(' ')}))`);
    return name;
  }

  private atom(atom: Atom): string {
    switch (atom.kind) {
      case 'boolean':
        return this.symbol(atom.name, 'Bool');
      case 'text-equals':
        return `(= ${this.symbol(atom.name, 'String')} ${this.text(atom.other)})`;
      case 'like':
        return `(str.in_re ${this.symbol(atom.name, 'String')} ${regularExpression(atom.pattern)})`;
      default:
        return `(${atom.kind === 'zero' ? '=' : '<='} ${this.linear(atom.linear)} 0)`;
    }
  }

  private text(text: Text): string {
    return text.kind === 'literal' ? string(text.text) : this.symbol(text.name, 'String');
  }

  private linear({ terms, constant }: Linear): string {
    const products = [...terms].map(([name, by]) => `(* ${integer(by)} ${this.symbol(name, 'Int')})`);
    return `(+ ${[...products, integer(constant)].join(' ')})`;
  }

  private symbol(name: string, sort: 'Bool' | 'String' | 'Int'): string {
    const known = this.symbols.get(name);
    if (known !== undefined) return known;
    const symbol = `v${this.symbols.size}`;
    this.symbols.set(name, symbol);
    this.lines.push(`(declare-const ${symbol} ${sort})`);
    const range = this.variables.numbers.get(name);
    const language = this.variables.texts.get(name);
    if (sort === 'Int' && range !== undefined) {
      this.lines.push(`(assert (and (<= ${integer(range.low)} ${symbol}) (<= ${symbol} ${integer(range.high)})))`);
    }
    if (sort === 'String' && language !== undefined && language.kind !== 'any') {
      this.lines.push(`(assert (str.in_re ${symbol} ${languageExpression(language)}))`);
    }
    return symbol;
  }
}

function integer(value: bigint): string {
  return value < 0n ? `(- ${-value})` : String(value);
}

/** SMT-LIB knows code points up to U+2FFFF. */
function string(text: string): string {
  const letters = Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (letter === '"') return '""';
    return code < 32 || code > 126 || letter === '\\' ? `\\u{${code.toString(16)}}` : letter;
  });
  return `"${letters.join('')}"`;
}

function exactly(text: string): string {
  return `(str.to_re ${string(text)})`;
}

function sequence(...parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `(re.++ ${parts.join(' ')})`;
}

function choice(...parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `(re.union ${parts.join(' ')})`;
}

function regularExpression(pattern: Pattern): string {
  return sequence(...pattern.map((part) => (part.kind === 'wildcard' ? 're.all' : exactly(part.text))));
}

function languageExpression(language: Exclude<Language, { readonly kind: 'any' }>): string {
  if (language.kind === 'listed') return choice(...language.values.map(exactly));
  const next = sequence(exactly(language.spaced ? ', ' : ','), JSON_TEXT);
  return sequence(exactly('['), `(re.opt ${sequence(JSON_TEXT, `(re.* ${next})`)})`, exactly(']'));
}

function range(from: string, to: string): string {
  return `(re.range ${string(from)} ${string(to)})`;
}

/** A text as `JSON.stringify` writes it. */
const ESCAPES = ['\\"', '\\\\', '\\b', '\\f', '\\n', '\\r', '\\t'].map(exactly);
const CONTROL = sequence(
  exactly('\\u00'),
  choice(
    sequence(exactly('0'), choice(range('0', '7'), exactly('b'), range('e', 'f'))),
    sequence(exactly('1'), choice(range('0', '9'), range('a', 'f'))),
  ),
);
const PLAIN = [range(' ', '!'), range('#', '['), range(']', '\u{d7ff}'), range('\u{e000}', '\u{2ffff}')];
const JSON_TEXT = sequence(exactly('"'), `(re.* ${choice(...PLAIN, ...ESCAPES, CONTROL)})`, exactly('"'));
