import { unquote } from '../../contract/cedar-string';
import { type Token, tokens } from './lexer';

/** A place where a policy reads something. Offsets are UTF-16 indexes into the bound statement. */
export interface AttributeRead {
  /** Names from the variable on, for example `['region']` of `context.input.region`. */
  readonly path: readonly string[];
  /** Whether it only asks if the thing is there. */
  readonly isTest: boolean;
  readonly start: number;
  readonly end: number;
}

/** Claims that are read as tags of the principal. */
export function tagReads(all: readonly Token[]): AttributeRead[] {
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

/** Attributes of the context that the text reads. */
export function contextReads(all: readonly Token[]): AttributeRead[] {
  return attributeReads(all, 'context');
}

/** Attributes of a variable that are read, or asked for. */
export function attributeReads(all: readonly Token[], variable: 'principal' | 'resource' | 'context'): AttributeRead[] {
  return all.flatMap((token, index) => {
    if (token.kind !== 'name' || token.text !== variable || all[index - 1]?.text === '.') return [];
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

/** The path behind `has`: a name, a string, or names with dots. */
function testedPath(all: readonly Token[], from: number): { path: string[]; next: number } {
  const first = all[from];
  if (first?.kind === 'string') return { path: [unquote(first.text)], next: from + 1 };
  const rest = accessChain(all, from + 1);
  return { path: [first?.text ?? '', ...rest.path], next: rest.next };
}
