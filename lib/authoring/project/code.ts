/** An expression of TypeScript that is to be written, with the modules that it needs. */
export type Code =
  | { readonly kind: 'text'; readonly text: string; readonly uses: readonly string[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: Code])[] }
  | { readonly kind: 'list'; readonly items: readonly Code[] }
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly args: readonly Code[];
      readonly uses: readonly string[];
    };

/** Columns of a line. */
const WIDTH = 118;

/** Text as it is to stand. @param uses names of `governed-gateway`, or namespaces of aws-cdk-lib such as `lambda` */
export function verbatim(text: string, ...uses: string[]): Code {
  return { kind: 'text', text, uses };
}

export function call(callee: string, args: readonly Code[], ...uses: string[]): Code {
  return { kind: 'call', callee, args, uses };
}

/** An object of the members that have a value. */
export function object(members: { readonly [name: string]: Code | undefined }): Code {
  const given = Object.entries(members).filter((entry): entry is [string, Code] => entry[1] !== undefined);
  return { kind: 'object', members: given };
}

/** Plain data. */
export function literal(value: unknown): Code {
  if (typeof value === 'string') return verbatim(quoted(value));
  if (Array.isArray(value)) return { kind: 'list', items: value.map(literal) };
  if (typeof value !== 'object' || value === null) return verbatim(JSON.stringify(value));
  return { kind: 'object', members: Object.entries(value).map(([name, member]) => [name, literal(member)]) };
}

export function list(items: readonly Code[]): Code {
  return { kind: 'list', items };
}

/** A text between quotes, in one line, that nothing in it can leave. Single ones, unless it holds such. */
function quoted(text: string): string {
  const double = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  if (text.includes("'") && !text.includes('"')) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Everything that an expression uses. */
export function usesOf(code: Code): string[] {
  if (code.kind === 'text') return [...code.uses];
  if (code.kind === 'list') return code.items.flatMap(usesOf);
  if (code.kind === 'object') return code.members.flatMap(([, value]) => usesOf(value));
  return [...code.uses, ...code.args.flatMap(usesOf)];
}

/**
 * An expression in lines, the first of which stands behind what is there already.
 * @param indent columns before the lines that follow
 * @param taken columns that the first line has before, and after
 */
export function print(code: Code, indent: number, taken: number): string {
  const flat = inOneLine(code);
  if (code.kind === 'text' || taken + flat.length <= WIDTH) return flat;
  if (code.kind === 'call') return printCall(code, indent, taken);
  const inner = ' '.repeat(indent + 2);
  const items =
    code.kind === 'list'
      ? code.items.map((item) => print(item, indent + 2, indent + 3))
      : code.members.map(([name, value]) => {
          const key = `${keyOf(name)}: `;
          return `${key}${print(value, indent + 2, indent + 3 + key.length)}`;
        });
  const [open, close] = code.kind === 'list' ? ['[', ']'] : ['{', '}'];
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${' '.repeat(indent)}${close}`;
}

/** The last argument hugs the parentheses when it is what takes the lines, and there is room for what is before it. */
function printCall({ callee, args }: Extract<Code, { kind: 'call' }>, indent: number, taken: number): string {
  const before = args.slice(0, -1).map((arg) => `${inOneLine(arg)}, `);
  const start = `${callee}(${before.join('')}`;
  const last = args.at(-1);
  if (last === undefined) return `${start})`;
  if (last.kind !== 'text' && taken + start.length < WIDTH)
    return `${start}${print(last, indent, taken + start.length + 1)})`;
  const lines = args.map((arg) => `${' '.repeat(indent + 2)}${print(arg, indent + 2, indent + 3)},\n`);
  return `${callee}(\n${lines.join('')}${' '.repeat(indent)})`;
}

function inOneLine(code: Code): string {
  if (code.kind === 'text') return code.text;
  if (code.kind === 'list') return `[${code.items.map(inOneLine).join(', ')}]`;
  if (code.kind === 'call') return `${code.callee}(${code.args.map(inOneLine).join(', ')})`;
  if (code.members.length === 0) return '{}';
  return `{ ${code.members.map(([name, value]) => `${keyOf(name)}: ${inOneLine(value)}`).join(', ')} }`;
}

/** `['__proto__']` is a member like any other only with brackets. */
function keyOf(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
