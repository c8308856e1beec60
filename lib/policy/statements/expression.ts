import type { ArgumentTypes } from './argument-types';

/** Cedar text and how tightly it binds. */
export interface Expression {
  readonly text: string;
  readonly binding: 'or' | 'and' | 'atom';
}

/** A condition of a statement. Made by `claim(...)`, `input(...)` and `now()`. */
export abstract class PolicyCondition {
  /** Both this and another condition. */
  and(other: PolicyCondition): PolicyCondition {
    return new AllOf([...partsOf(this, AllOf), ...partsOf(other, AllOf)]);
  }

  /** This or another condition, or both. */
  or(other: PolicyCondition): PolicyCondition {
    return new AnyOf([...partsOf(this, AnyOf), ...partsOf(other, AnyOf)]);
  }

  /** The opposite. If the claim or argument is missing, a condition on it does not hold, so its opposite does. */
  not(): PolicyCondition {
    return new Opposite(this);
  }

  /**
   * The condition in Cedar, with its guards.
   * @internal
   */
  abstract _render(types: ArgumentTypes): Expression;
}

/** A condition that knows its text. */
export class Atom extends PolicyCondition {
  constructor(private readonly render: (types: ArgumentTypes) => Expression) {
    super();
  }

  override _render(types: ArgumentTypes): Expression {
    return this.render(types);
  }
}

/** Conditions that must all hold. */
export class AllOf extends PolicyCondition {
  constructor(readonly parts: readonly PolicyCondition[]) {
    super();
  }

  override _render(types: ArgumentTypes): Expression {
    return conjunction(this.parts.map((part) => part._render(types)));
  }
}

/** Conditions of which one must hold. */
export class AnyOf extends PolicyCondition {
  constructor(readonly parts: readonly PolicyCondition[]) {
    super();
  }

  override _render(types: ArgumentTypes): Expression {
    return disjunction(this.parts.map((part) => part._render(types)));
  }
}

class Opposite extends PolicyCondition {
  constructor(private readonly part: PolicyCondition) {
    super();
  }

  override _render(types: ArgumentTypes): Expression {
    return atom(`!(${this.part._render(types).text})`);
  }
}

function partsOf(condition: PolicyCondition, kind: typeof AllOf | typeof AnyOf): readonly PolicyCondition[] {
  return condition instanceof kind ? condition.parts : [condition];
}

export function atom(text: string): Expression {
  return { text, binding: 'atom' };
}

/** Expressions joined by `&&`, guards first. */
export function conjunction(parts: readonly Expression[], separator = ' && '): Expression {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return {
    text: parts.map((part) => (part.binding === 'or' ? `(${part.text})` : part.text)).join(separator),
    binding: 'and',
  };
}

/** Expressions joined by `||`. */
export function disjunction(parts: readonly Expression[], separator = ' || '): Expression {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const texts = parts.map((part) => (part.binding === 'and' ? `(${part.text})` : part.text));
  return { text: texts.join(separator), binding: 'or' };
}
