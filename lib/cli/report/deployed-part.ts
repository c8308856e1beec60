import type { DeployedLock } from '../../contract/drift/compare-policies';
import { isDrift } from '../../contract/drift/difference';
import { textMember } from '../../contract/drift/text-member';
import { isJsonObject } from '../../contract/json';
import { cloudTrail } from '../../deployed/aws-sender';
import { readControlPlaneCalls } from '../../deployed/control-plane-calls';
import { readStack, requiredOutput } from '../../deployed/deployed-stack';
import { type DriftEdges, readDrift } from '../../deployed/drift';
import type { ManifestFile } from '../../policy/assembly/manifest-files';
import type { ReportedChanges, ReportedDeployment, ReportedLock } from '../../report/gateway-report';
import { driftFindings, scopeText } from '../drift-findings';
import type { Terminal } from '../terminal';
import { unquoted } from './declared-part';

/** How the gateway is deployed, in an account or on a running emulator. */
export async function deploymentOf(file: ManifestFile, edges: DriftEdges): Promise<ReportedDeployment> {
  const { differences, locks, deployed } = await readDrift(file, edges);
  const attachment = deployed.gateway['policyEngineConfiguration'];
  const mode = isJsonObject(attachment) ? textMember(attachment, 'mode') : undefined;
  return {
    mode,
    differences: differences.map((difference) => ({
      text: driftFindings({ differences: [difference], locks: [], policies: [] })
        .map(({ message }) => unquoted(message))
        .join(),
      isDrift: isDrift(difference),
    })),
    locks: locks.map(reportedLock),
  };
}

function reportedLock({ lock, inForce }: DeployedLock): ReportedLock {
  const { scope, reason, start, end } = lock;
  const from = start === undefined ? undefined : new Date(start).toISOString();
  return { what: unquoted(scopeText(scope)), reason, start: from, end: new Date(end).toISOString(), inForce };
}

/** Milliseconds that the event history of an account goes back. */
const HISTORY = 90 * 86_400_000;

/** Who changed the gateway. */
export async function changesOf(
  terminal: Terminal,
  { manifest }: ManifestFile,
  { since, signal }: { readonly since: Date; readonly signal: AbortSignal },
): Promise<ReportedChanges> {
  const stack = await readStack(manifest, manifest.stackName);
  const resources = [requiredOutput(stack, 'GatewayId'), requiredOutput(stack, 'PolicyEngineId')];
  const earliest = new Date(Math.max(since.getTime(), Date.now() - HISTORY));
  const onProgress = (done: number, total: number): void => {
    if (terminal.interactive) terminal.err(`\rCloudTrail: ${done} of ${total}${done + 1 === total ? '\n' : ''}`);
  };
  const calls = await readControlPlaneCalls(await cloudTrail(), { since: earliest, resources, signal, onProgress });
  return { from: earliest.toISOString(), calls };
}
