import { quote } from '../../contract/cedar-string';
import { GovernanceError } from '../../diagnostics/governance-error';
import { Atom, atom, conjunction, type PolicyCondition } from './expression';
import { quotedList } from './quoted-list';

/**
 * A claim of the caller's token, for example `department` or `cognito:groups`.
 *
 * @example
 * claim('department').equals('finance');
 */
export function claim(name: string): ClaimOperand {
  return new ClaimOperand(name);
}

/** Conditions on one claim. None of them holds for a caller without the claim. */
export class ClaimOperand {
  /** Use `claim(...)`. */
  constructor(readonly name: string) {}

  /** The token carries the claim. */
  exists(): PolicyCondition {
    return new Atom(() => atom(`principal.hasTag(${quote(this.name)})`));
  }

  /** The claim is this text; a number or boolean is compared as its text. */
  equals(value: string): PolicyCondition {
    return this.guarded(`${this.tag} == ${quote(value)}`);
  }

  /** The claim is one of these texts. */
  isOneOf(values: string[]): PolicyCondition {
    return this.guarded(`${quotedList(values)}.contains(${this.tag})`);
  }

  /** The claim is an array, such as groups, and this is one of its elements. Throws for names that JSON text would escape. */
  includes(element: string): PolicyCondition {
    const pattern = `*${JSON.stringify(plainName(element))}*`;
    return this.guarded(`${this.tag} like ${quote(pattern)}`);
  }

  /** The claim is a list of words separated by spaces, such as `scope`, and this is one of them. */
  includesWord(word: string): PolicyCondition {
    const name = plainName(word);
    const patterns = [`${name} *`, `* ${name}`, `* ${name} *`].map((pattern) => `${this.tag} like ${quote(pattern)}`);
    return this.guarded(`(${[`${this.tag} == ${quote(name)}`, ...patterns].join(' || ')})`);
  }

  private get tag(): string {
    return `principal.getTag(${quote(this.name)})`;
  }

  private guarded(test: string): PolicyCondition {
    return new Atom((types) => conjunction([this.exists()._render(types), atom(test)]));
  }
}

/** A name that stands in JSON text and in a pattern as it is. */
function plainName(name: string): string {
  const isPlain = name !== '' && !/[*"\\\p{Cc}\p{Cs}]/u.test(name);
  if (!isPlain) throw GovernanceError.of('STATEMENT_NAME_UNSAFE', { value: name });
  return name;
}
