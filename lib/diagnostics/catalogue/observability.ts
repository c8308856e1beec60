import { error, info, warning } from './entry';

/** Findings about what a gateway shows of its work. */
export const OBSERVABILITY = {
  OBSERVABILITY_STORES: info(
    (p: { path: string; what: string; masked: readonly string[] }) =>
      `the application log of \`${p.path}\` stores the arguments and results of every call in clear text, in ${p.what}`,
    (p) =>
      p.masked.length === 0
        ? 'name arguments that nobody should read in `maskedFields`, and grant reading of the log to few'
        : `without the right \`logs:Unmask\` nobody sees ${p.masked.map((field) => `\`${field}\``).join(', ')}`,
  ),
  OBSERVABILITY_NOT_MASKED: warning(
    (p: { fields: readonly string[]; what: string }) =>
      `${p.fields.map((field) => `\`${field}\``).join(', ')} cannot be masked in ${p.what}`,
    () => 'deliver the log to `LogDestination.cloudWatch()`, or restrict who reads it there and acknowledge this',
  ),
  OBSERVABILITY_FIELD_NAME: error(
    (p: { field: string }) => `\`${p.field}\` cannot be masked by name`,
    () => 'choose names of up to 70 letters, digits, blanks and `_#=@/;,.$-`, or mask the kind of data by `maskedData`',
  ),
  OBSERVABILITY_TOO_MANY_FIELDS: error(
    (p: { count: number }) => `${p.count} fields do not fit into the 10 patterns of 200 characters of a log group`,
    () => 'mask fewer fields by name, and kinds of data by `maskedData`',
  ),
  OBSERVABILITY_NO_DENIALS: error(
    (p: { path: string }) => `it is not known where gateway \`${p.path}\` writes its denials`,
    () => 'give the gateway `observability`, or name the `denialLogGroup` of an imported one',
  ),
  OBSERVABILITY_NOTICE_WINDOW: error(
    (p: { given: string }) => `notices cannot cover ${p.given}`,
    () => 'choose a `noticeWindow` of 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes',
  ),
  OBSERVABILITY_TRANSACTION_SEARCH: warning(
    (p: { path: string }) =>
      `the spans of \`${p.path}\` can only be searched where Transaction Search is on, a setting of the account and Region`,
    () =>
      'see `aws xray get-trace-segment-destination`; switch it on with `aws xray update-trace-segment-destination --destination CloudWatchLogs`, then acknowledge this',
  ),
};
