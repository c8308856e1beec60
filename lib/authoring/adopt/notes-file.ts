import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { AdoptableGateway } from './read-adoptable';

/** The list of everything that the stack does not say, for people who were not there. */
export function adoptionNotes({ name, id, account, region }: AdoptableGateway, notes: readonly Diagnostic[]): string {
  const rows = notes.map(({ code, message, help }) => `| ${cell(message)} | ${cell(help ?? '')} | \`${code}\` |`);
  return [
    `# What was adopted of ${name}`,
    '',
    `Gateway \`${id}\` in account ${account}, ${region}. What the stack in \`lib/gateway-stack.ts\` does not say, or changes:`,
    '',
    '| What | What to do | Finding |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
