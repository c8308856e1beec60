import { createHash } from 'node:crypto';
import { Argument, Option } from 'commander';
import { type AuditFlaw, type AuditVerification, verifyAuditLog } from '../../contract/audit-log';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { renderText } from '../../diagnostics/render-text';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { printJson } from '../print-diagnostics';
import { readText } from '../read-value';

interface AuditOptions {
  readonly partial?: boolean;
  readonly format: 'text' | 'json';
}

/** Checks the chains of an audit log that the interceptors wrote. Nothing leaves this machine. */
export const command: CliCommand<AuditOptions> = {
  configure(parser) {
    parser
      .addArgument(new Argument('<action>', 'what to do with the log').choices(['verify']))
      .argument('<file>', 'log as JSON lines, or output of `aws logs filter-log-events`; - for standard input')
      .option('--partial', 'accept a log that begins in the middle, such as the export of a period')
      .addOption(new Option('--format <format>', 'how the answer is shown').choices(['text', 'json']).default('text'));
  },

  async run({ args, options, terminal }) {
    const [, file = '-'] = args;
    const text = file === '-' ? await terminal.readInput() : await readText(terminal, file);
    const verification = verifyAuditLog(text, sha256, { partial: options.partial === true });
    if (verification.records === 0 && verification.flaws.length === 0) {
      throw GovernanceError.of('AUDIT_NO_RECORDS', { file });
    }
    if (options.format === 'json') printJson(terminal, verification);
    else {
      const findings = verification.flaws.map((flaw) => explain(flaw, file));
      if (findings.length > 0) terminal.err(`${renderText(findings)}\n`);
      terminal.out(`${summary(verification)}\n`);
    }
    return verification.flaws.length === 0 ? EXIT.ok : EXIT.doesNotHold;
  },
};

function explain({ kind, line, writer = '', sequence = 0, missing = 0 }: AuditFlaw, file: string): Diagnostic {
  const options = { location: { file, line, column: 1 } };
  const place = { writer, sequence };
  switch (kind) {
    case 'edited':
      return diagnostic('AUDIT_EDITED', place, options);
    case 'gap':
      return diagnostic('AUDIT_GAP', { ...place, missing }, options);
    case 'broken-link':
      return diagnostic('AUDIT_BROKEN_LINK', place, options);
    case 'conflict':
      return diagnostic('AUDIT_CONFLICT', place, options);
    case 'unreadable':
      return diagnostic('AUDIT_UNREADABLE', {}, options);
    default:
      return kind satisfies never;
  }
}

function summary({ records, writers, flaws }: AuditVerification): string {
  const verdict = flaws.length === 0 ? 'unbroken' : `${flaws.length} ${flaws.length === 1 ? 'flaw' : 'flaws'}`;
  return `${count(records, 'record')} of ${count(writers, 'writer')}: ${verdict}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
