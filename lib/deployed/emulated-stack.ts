import { localStack } from '../contract/drift/local-stack';
import type { Send } from '../contract/drift/read-deployed';
import { GovernanceError } from '../diagnostics/governance-error';
import type { ManifestFile } from '../policy/assembly/manifest-files';
import { templateOf } from '../policy/assembly/stack-template';
import { controlPlane } from './aws-sender';
import type { DriftEdges } from './drift';

/**
 * The edges by which a gateway on a running emulator is compared with its app: the emulator's control plane, and the state that CloudFormation
 * would tell. Throws `VERIFY_TEMPLATE_MISSING`.
 */
export async function emulatorEdges(url: string, file: ManifestFile): Promise<DriftEdges> {
  return { controlPlane: await controlPlane(url), cloudFormation: cloudFormationOf(file), now: Date.now };
}

function cloudFormationOf(file: ManifestFile): Send {
  const template = templateOf(file);
  if (template === undefined) throw GovernanceError.of('VERIFY_TEMPLATE_MISSING', { path: file.file });
  const { stackId, stackName, status, resources, outputs } = localStack(template, file.manifest);
  const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  const answers: { readonly [operation: string]: object } = {
    DescribeStacks: { Stacks: [{ StackId: stackId, StackName: stackName, StackStatus: status, Outputs }] },
    ListStackResources: {
      StackResourceSummaries: Object.entries(resources).map(([LogicalResourceId, PhysicalResourceId]) => ({
        LogicalResourceId,
        PhysicalResourceId,
      })),
    },
  };
  return (operation) => Promise.resolve(answers[operation] ?? {});
}
