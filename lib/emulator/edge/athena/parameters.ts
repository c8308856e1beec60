/** Literals that Athena takes as execution parameters. */
const LITERAL =
  /^(?:(?:date|timestamp|decimal)\s*)?'(?:[^']|'')*'$|^-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?$|^(?:true|false|null)$/i;

/** Text that holds no placeholder: strings, quoted names, comments. */
const OPAQUE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//y;

/**
 * Puts execution parameters in the place of `?`. A parameter that is not one literal is refused, so that nothing else can get
 * into the statement. Throws an Error with a message in Athena's words.
 */
export function withParameters(statement: string, parameters: readonly string[]): string {
  const invalid = parameters.find((parameter) => !LITERAL.test(parameter.trim()));
  if (invalid !== undefined) throw new Error('INVALID_PARAMETER_USAGE: an execution parameter is not a literal');
  const pieces: string[] = [];
  let used = 0;
  for (let index = 0; index < statement.length; ) {
    OPAQUE.lastIndex = index;
    const opaque = OPAQUE.exec(statement)?.[0];
    const character = statement.charAt(index);
    if (opaque === undefined && character === '?') pieces.push(parameters[used++]?.trim() ?? '?');
    else pieces.push(opaque ?? character);
    index += opaque?.length ?? 1;
  }
  if (used !== parameters.length) {
    throw new Error(`INVALID_PARAMETER_USAGE: expected ${used} parameters but found ${parameters.length}`);
  }
  return pieces.join('');
}
