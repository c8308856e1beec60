import { Option } from 'commander';

/** `--format`, with `text` for people unless another one is asked for. */
export function formatOption(what: string, others: readonly string[]): Option {
  return new Option('--format <format>', `how ${what} shown`).choices(['text', ...others]).default('text');
}
