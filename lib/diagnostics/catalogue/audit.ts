import { error } from './entry';

/** Findings about the log of audit records. */
export const AUDIT = {
  AUDIT_NO_RECORDS: error(
    (p: { file: string }) => `\`${p.file}\` holds no audit records`,
    () => 'give the log group of the RESPONSE interceptor, exported as JSON lines or as an answer of CloudWatch Logs',
  ),
  AUDIT_EDITED: error(
    (p: { writer: string; sequence: number }) =>
      `record \`${p.sequence}\` of writer \`${p.writer}\` was changed after it was written`,
    () => 'compare it with the second copy of the log, such as the delivery stream',
  ),
  AUDIT_GAP: error(
    (p: { writer: string; sequence: number; missing: number }) =>
      `records are missing before record \`${p.sequence}\` of writer \`${p.writer}\`: \`${p.missing}\``,
    () => 'export the whole log, or say `--partial` when the log begins in the middle on purpose',
  ),
  AUDIT_BROKEN_LINK: error(
    (p: { writer: string; sequence: number }) =>
      `record \`${p.sequence}\` of writer \`${p.writer}\` does not follow from the one before it`,
    () => 'one of the two was replaced; compare both with the second copy of the log',
  ),
  AUDIT_CONFLICT: error(
    (p: { writer: string; sequence: number }) =>
      `two different records claim to be record \`${p.sequence}\` of writer \`${p.writer}\``,
    () => 'one of the two was added later; compare both with the second copy of the log',
  ),
  AUDIT_UNREADABLE: error(
    () => 'a line begins like an audit record and is none',
    () => 'the line was cut or changed; export the log again',
  ),
};
