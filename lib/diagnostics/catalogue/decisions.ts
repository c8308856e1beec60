import { error, stop } from './entry';

/** Findings about recorded decisions. */
export const DECISIONS = {
  DECISIONS_NONE: stop(
    (p: { files: readonly string[] }) =>
      `no record, log line or span of a call in ${p.files.map((file) => `\`${file}\``).join(', ')}`,
    () =>
      'give lines of `Steps.decisionRecord`, of the application logs of the gateway, or of the log group `aws/spans`',
  ),
  DECISIONS_INTERRUPTED: stop(
    (p: { lines: number }) => `reading was interrupted after \`${p.lines}\` lines`,
    () => 'run it again; an answer about a part of the calls would look like one about all of them',
  ),
  DECISIONS_EXPECTATIONS: error(
    (p: { file: string; problem: string }) => `\`${p.file}\` is no list of expectations: ${p.problem}`,
    () =>
      'write a list `expected` of entries with `tool` and `reason`, and if need be `caller`, `policy`, `to` and `until`',
  ),
};
