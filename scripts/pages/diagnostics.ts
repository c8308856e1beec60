import { diagnosticReference } from '../../lib/diagnostics/reference';

const SUBJECTS: readonly (readonly [prefix: string, title: string])[] = [
  ['GATEWAY_', 'Gateway'],
  ['IDENTITY_', 'Identity'],
  ['TARGET_', 'Targets'],
  ['INTERCEPTOR_', 'Interceptors'],
  ['BUNDLE_', 'Bundled TypeScript'],
  ['SCHEMA_', 'Cedar schema'],
  ['POLICY_', 'Policies'],
  ['STATEMENT_', 'Policy statements in code'],
  ['TEST_', 'Policy tests'],
  ['MANIFEST_', 'Gateway manifests'],
  ['EMULATOR_', 'Emulator'],
  ['VERIFY_', 'Verification'],
  ['COMMAND_', 'Command line'],
  ['AUDIT_', 'Audit log'],
];

const INTRODUCTION = `# Diagnostics

Every finding of this library has a code, and every code is listed here. \`<name>\` stands for a value that the finding fills in. Where the help
depends on the case, one form of it is shown.

An error stops the synth, the deployment or the command. A warning does not. To silence a warning of the synth, acknowledge it with a reason, on the construct that it
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
  const groups = new Map<string, string[]>(SUBJECTS.map(([, title]) => [title, []]));
  for (const { code, severity, message, help } of diagnosticReference()) {
    const title = SUBJECTS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'Others';
    const entry = `### ${code}\n\n${severity}: ${message}\n\nHelp: ${help}\n`;
    groups.set(title, [...(groups.get(title) ?? []), entry]);
  }
  const sections = [...groups].map(([title, entries]) => `## ${title}\n\n${entries.join('\n')}`);
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}
