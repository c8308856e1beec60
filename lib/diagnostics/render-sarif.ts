import type { Diagnostic, Location } from './diagnostic';
import { referenceEntry } from './reference';
import type { Severity } from './severity';

const LEVELS: { readonly [S in Severity]: string } = {
  stop: 'error',
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** What the log says beside the findings. */
export interface SarifOptions {
  /** File of the repository that findings without a place of their own stand at: code scanning services drop a result without one. */
  readonly place: string;
  /** Address of the project's pages, below which `docs/diagnostics.md` has a heading for each code. @default - rules have no address */
  readonly homepage?: string;
}

/**
 * Findings as a SARIF 2.1.0 log, which code scanning services show beside the lines. Rules have what GitHub asks of them.
 * Source: GitHub documentation, "SARIF support for code scanning".
 */
export function renderSarif(diagnostics: readonly Diagnostic[], { place, homepage }: SarifOptions): object {
  const codes = [...new Set(diagnostics.map((finding) => finding.code))].toSorted((a, b) => (a < b ? -1 : 1));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'governed-gateway', rules: codes.map((code) => rule(code, homepage)) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: LEVELS[finding.severity],
          message: { text: `${finding.message}; ${finding.help}` },
          locations: [finding.location === undefined ? artifact(place) : physical(finding.location)],
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

function rule(code: Diagnostic['code'], homepage: string | undefined): object {
  const { message, help, severity } = referenceEntry(code);
  return {
    id: code,
    name: ruleName(code),
    shortDescription: { text: message },
    fullDescription: { text: `${message}. ${help}.` },
    help: { text: `${help}. See ${code} in docs/diagnostics.md.` },
    ...(homepage !== undefined && { helpUri: `${homepage}/docs/diagnostics.md#${code.toLowerCase()}` }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

/** `POLICY_UNKNOWN_TOOL` as `PolicyUnknownTool`, the form that SARIF asks of names. */
function ruleName(code: string): string {
  return code.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function physical(location: Location) {
  const { line, column, endLine, endColumn } = location;
  const end = endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn };
  return artifact(location.file, { startLine: line, startColumn: column, ...end });
}

function artifact(file: string, region: object = { startLine: 1 }) {
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) }, region } };
}
