import { error, stop, warning } from './entry';

/** Findings about recorded decisions. */
export const DECISIONS = {
  DECISIONS_NONE: stop(
    (p: { places: readonly string[] }) =>
      `no record, log line, span or count of a call in ${p.places.map((place) => `\`${place}\``).join(', ')}`,
    () =>
      'give lines of `Steps.decisionRecord`, of the application logs of the gateway, or of the log group `aws/spans`',
  ),
  DECISIONS_UNREADABLE: stop(
    (p: { group: string; reason: string }) => `log group \`${p.group}\` cannot be read to its end: ${p.reason}`,
    () => 'allow `logs:FilterLogEvents` on it, or wait: a part of the lines would look like all of them',
  ),
  DECISIONS_GROUP_MISSING: warning(
    (p: { group: string }) => `there is no log group \`${p.group}\`, so nothing was read from it`,
    () =>
      'add `observability` to the gateway for application logs and traces; spans also need Transaction Search in the account',
  ),
  DECISIONS_INTERRUPTED: stop(
    (p: { lines: number }) => `reading was interrupted after \`${p.lines}\` lines`,
    () => 'run it again; an answer about a part of the calls would look like one about all of them',
  ),
  REPORT_INTERRUPTED: stop(
    () => 'reading for the report was interrupted',
    () => 'run it again; a report of a part would look like one of the whole',
  ),
  DECISIONS_EXPECTATIONS: error(
    (p: { file: string; problem: string }) => `\`${p.file}\` is no list of expectations: ${p.problem}`,
    () =>
      'write a list `expected` of entries with `tool` and `reason`, and if need be `caller`, `policy`, `to` and `until`',
  ),
};
