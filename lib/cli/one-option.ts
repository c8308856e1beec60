import { GovernanceError } from '../diagnostics/governance-error';

/** An option that was given, and its value. */
export interface GivenOption<N extends string> {
  readonly name: N;
  readonly value: string;
}

/**
 * The one that was given, of options that exclude each other; undefined without one. Throws `COMMAND_OPTIONS_EXCLUSIVE` with more.
 *
 * @param options values by the options' names, without dashes
 */
export function onlyOption<N extends string>(options: OptionValues<N>): GivenOption<N> | undefined {
  const given = (Object.keys(options) as N[]).flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [{ name, value }];
  });
  const [one, other] = given;
  if (one === undefined || other === undefined) return one;
  throw GovernanceError.of('COMMAND_OPTIONS_EXCLUSIVE', { first: `--${one.name}`, second: `--${other.name}` });
}

/** As {@link onlyOption}, where a command needs one. Throws `COMMAND_OPTION_MISSING` without, which names the first two. */
export function oneOption<N extends string>(command: string, options: OptionValues<N>): GivenOption<N> {
  const given = onlyOption(options);
  if (given !== undefined) return given;
  const [option = '', or] = Object.keys(options).map((name) => `--${name}`);
  throw GovernanceError.of('COMMAND_OPTION_MISSING', { command, option, or });
}

type OptionValues<N extends string> = { readonly [name in N]: string | undefined };
