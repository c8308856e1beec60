import { diagnosticReference, type ReferenceEntry } from '../../lib/diagnostics/reference';

const INTRODUCTION = `# Diagnostics

Every finding of this library has a code, and every code is listed here. \`<name>\` stands for a value that the finding fills in. Where the help
depends on the case, one form of it is shown.

An error fails the synth, the deployment or the command, and so does a stop, which says that something could not run at all: a command then ends
with exit code 1 instead of 3. A warning fails nothing. To silence a warning of the synth, acknowledge it with a reason, on the construct that it
names or on one above it:

\`\`\`ts
import { Validations } from 'aws-cdk-lib';

Validations.of(gateway).acknowledge({
  id: 'governed-gateway::POLICY_TOOL_UNREACHABLE',
  reason: 'approval is for people',
});
\`\`\`

The validation report of the synth keeps it with its reason.

This page is generated from \`lib/diagnostics/catalogue/\` by \`npx tsx scripts/generate-docs.ts\`.
`;

/** docs/diagnostics.md: every code, grouped by subject. */
export function diagnosticsPage(): string {
  const sections = diagnosticReference().map(
    ({ title, entries }) => `## ${title}\n\n${entries.map(entryOf).join('\n')}`,
  );
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

function entryOf({ code, severity, message, help }: ReferenceEntry): string {
  return `### ${code}\n\n${severity}: ${message}\n\nHelp: ${help}\n`;
}
