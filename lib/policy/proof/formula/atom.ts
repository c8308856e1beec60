import type { Linear } from './linear';
import type { Pattern } from './pattern';

/** A text: a variable or a literal. Cedar cannot compute texts. */
export type Text =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'literal'; readonly text: string };

/** The smallest statements about the variables of a call. */
export type Atom =
  | { readonly kind: 'boolean'; readonly name: string }
  | { readonly kind: 'text-equals'; readonly name: string; readonly other: Text }
  | { readonly kind: 'like'; readonly name: string; readonly pattern: Pattern }
  /** `linear <= 0` */
  | { readonly kind: 'at-most-zero'; readonly linear: Linear }
  /** `linear == 0` */
  | { readonly kind: 'zero'; readonly linear: Linear };

/** Equal for equal atoms only. */
export function atomKey(atom: Atom): string {
  switch (atom.kind) {
    case 'boolean':
      return `b${atom.name}`;
    case 'text-equals':
      return `t${atom.name.length}:${atom.name}${atom.other.kind === 'literal' ? `=${atom.other.text}` : `:${atom.other.name}`}`;
    case 'like':
      return `l${JSON.stringify([atom.name, atom.pattern])}`;
    default:
      return `${atom.kind}${JSON.stringify([...atom.linear.terms].map(([name, by]) => [name, `${by}`]))}${atom.linear.constant}`;
  }
}

/** Variables that an atom speaks of. */
export function variablesOf(atom: Atom): readonly string[] {
  switch (atom.kind) {
    case 'boolean':
    case 'like':
      return [atom.name];
    case 'text-equals':
      return atom.other.kind === 'variable' ? [atom.name, atom.other.name] : [atom.name];
    default:
      return [...atom.linear.terms.keys()];
  }
}
