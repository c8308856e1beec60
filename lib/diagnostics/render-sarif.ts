import type { Diagnostic, Location } from './diagnostic';
import type { Severity } from './severity';

const LEVELS: { readonly [S in Severity]: string } = {
  stop: 'error',
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** Findings as a SARIF 2.1.0 log, which code scanning services show beside the lines. */
export function renderSarif(diagnostics: readonly Diagnostic[]): object {
  const rules = [...new Set(diagnostics.map((finding) => finding.code))].toSorted((a, b) => (a < b ? -1 : 1));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'governed-gateway', rules: rules.map((id) => ({ id, name: ruleName(id) })) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: rules.indexOf(finding.code),
          level: LEVELS[finding.severity],
          message: { text: `${finding.message}; ${finding.help}` },
          locations: finding.location === undefined ? [] : [physical(finding.location)],
          relatedLocations: (finding.related ?? []).flatMap((related) =>
            related.location === undefined
              ? []
              : [{ ...physical(related.location), message: { text: related.message } }],
          ),
        })),
      },
    ],
  };
}

/** `POLICY_UNKNOWN_TOOL` as `PolicyUnknownTool`, the form that SARIF asks of names. */
function ruleName(code: string): string {
  return code.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function physical(location: Location) {
  const { line, column, endLine, endColumn } = location;
  const end = endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn };
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(location.file.replaceAll('\\', '/')) },
      region: { startLine: line, startColumn: column, ...end },
    },
  };
}
