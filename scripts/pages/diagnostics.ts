import { diagnosticReference } from '../../lib/diagnostics/reference';

const SUBJECTS: readonly (readonly [prefix: string, title: string])[] = [
  ['GATEWAY_', 'Gateway'],
  ['TARGET_', 'Targets'],
  ['INTERCEPTOR_', 'Interceptors'],
  ['SCHEMA_', 'Cedar schema'],
  ['POLICY_', 'Policies'],
  ['TEST_', 'Policy tests'],
  ['MANIFEST_', 'Gateway manifests'],
  ['EMULATOR_', 'Emulator'],
  ['COMMAND_', 'Command line'],
];

/** docs/diagnostics.md: every code, grouped by subject. */
export function diagnosticsPage(): string {
  const groups = new Map<string, string[]>();
  for (const { code, severity, message, help } of diagnosticReference()) {
    const title = SUBJECTS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'Identity and others';
    const entry = `### ${code}\n\n${severity}: ${message}\n\nHelp: ${help}\n`;
    groups.set(title, [...(groups.get(title) ?? []), entry]);
  }
  const sections = [...groups].map(([title, entries]) => `## ${title}\n\n${entries.join('\n')}`);
  return [
    '# Diagnostics',
    '',
    'Everything that this library finds has a code, and every code is here. Errors stop synth, deployment or the command;',
    'warnings can be acknowledged with a reason. `<name>` stands for what a finding says in its place.',
    '',
    'A warning is acknowledged in code, on the construct that it names or on one above it; the report of the synth keeps it with its reason:',
    '',
    '```ts',
    'Validations.of(gateway).acknowledge({',
    "  id: 'governed-gateway::POLICY_TOOL_UNREACHABLE',",
    "  reason: 'approval is for people',",
    '});',
    '```',
    '',
    'This page is generated from `lib/diagnostics/catalogue/` by `npx tsx scripts/generate-docs.ts`.',
    '',
    sections.join('\n'),
  ].join('\n');
}
