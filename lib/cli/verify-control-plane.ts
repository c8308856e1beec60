import { isDrift } from '../contract/drift/difference';
import { accountEdges, type DriftEdges, readDrift } from '../deployed/drift';
import { emulatorEdges } from '../deployed/emulated-stack';
import type { GatewayCheck } from '../deployed/gateway-check';
import { type Diagnostic, isError } from '../diagnostics/diagnostic';
import { renderJson } from '../diagnostics/render-json';
import { renderText } from '../diagnostics/render-text';
import type { ManifestFile } from '../policy/assembly/manifest-files';
import { driftFindings } from './drift-findings';
import { EXIT, type ExitCode } from './exit-code';
import { printJson, printSarif } from './print-diagnostics';
import type { Terminal } from './terminal';

/**
 * Compares gateways with their deployments, and shows what differs in the format that was asked for.
 * @param emulator address of a running emulator, in the place of the account
 */
export async function verifyControlPlane(
  terminal: Terminal,
  files: readonly ManifestFile[],
  format: string,
  emulator?: string,
): Promise<ExitCode> {
  const results: Result[] = [];
  for (const file of files) results.push(await compared(terminal, file, await edgesOf(file, emulator)));
  const findings = results.flatMap((result) => result.findings);
  if (format === 'sarif') printSarif(terminal, findings);
  else if (format === 'json') {
    printJson(terminal, {
      gateways: results.map(({ findings: found, ...rest }) => ({ ...rest, diagnostics: renderJson(found) })),
    });
  } else for (const result of results) terminal.out(textOf(result));
  return results.some(({ drift }) => drift > 0) ? EXIT.negative : EXIT.ok;
}

/** The edges by which a gateway is compared: of the account, or of a running emulator. */
export function edgesOf(file: ManifestFile, emulator?: string): Promise<DriftEdges> {
  return emulator === undefined ? accountEdges() : emulatorEdges(emulator, file);
}

/** The same as checks beside policy tests: one for each finding, or one that says that there is none. */
export async function driftChecks(file: ManifestFile, emulator?: string): Promise<GatewayCheck[]> {
  const drift = await readDrift(file, await edgesOf(file, emulator));
  const findings = driftFindings(drift).filter(isError);
  if (findings.length === 0) return [{ name: 'deployed as declared', ok: true, detail: '' }];
  return findings.map(({ code, message }) => ({ name: code, ok: false, detail: message }));
}

interface Result {
  readonly gateway: string;
  /** How many things are not as declared. */
  readonly drift: number;
  readonly locks: number;
  readonly findings: readonly Diagnostic[];
}

async function compared(terminal: Terminal, file: ManifestFile, edges: DriftEdges): Promise<Result> {
  const { path } = file.manifest;
  if (terminal.interactive) terminal.err(`reading ${path}\n`);
  const drift = await readDrift(file, edges);
  return {
    gateway: path,
    drift: drift.differences.filter(isDrift).length,
    locks: drift.locks.filter(({ inForce }) => inForce).length,
    findings: driftFindings(drift),
  };
}

function textOf({ gateway, drift, findings }: Result): string {
  const verdict = drift === 0 ? 'deployed as declared' : `${drift} ${drift === 1 ? 'thing differs' : 'things differ'}`;
  return `${gateway}: ${verdict}\n${findings.length > 0 ? `${renderText(findings)}\n` : ''}`;
}
