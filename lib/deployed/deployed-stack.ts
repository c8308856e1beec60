import type { GatewayManifest } from '../contract/manifest';
import { GovernanceError } from '../diagnostics/governance-error';
import { importPackage } from '../diagnostics/load-package';

/** What a deployed stack tells of its gateway. */
export interface DeployedStack {
  readonly stackName: string;
  /** By the names that the manifest uses, for example `GatewayUrl`. */
  readonly outputs: { readonly [name: string]: string };
}

/** Imports an AWS client that the app brings. Throws `PACKAGE_MISSING`. */
export function awsClient<T>(
  name: string,
  load: () => Promise<T>,
  use = 'a command that asks AWS about a deployed gateway',
): Promise<T> {
  return importPackage({ name, use }, load);
}

/** Reads the outputs of a deployed stack from CloudFormation. Throws `VERIFY_STACK_UNREADABLE`. */
export async function readStack(manifest: GatewayManifest, stackName: string): Promise<DeployedStack> {
  const { CloudFormationClient, DescribeStacksCommand } = await awsClient(
    '@aws-sdk/client-cloudformation',
    () => import('@aws-sdk/client-cloudformation'),
  );
  let found: { OutputKey?: string | undefined; OutputValue?: string | undefined }[];
  try {
    const { Stacks } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stackName }));
    found = Stacks?.[0]?.Outputs ?? [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw GovernanceError.of('VERIFY_STACK_UNREADABLE', { stack: stackName, reason });
  }
  const values = new Map(found.map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']));
  const outputs = Object.entries(manifest.outputs).flatMap(([name, id]): [string, string][] => {
    const value = values.get(id);
    return value === undefined ? [] : [[name, value]];
  });
  return { stackName, outputs: Object.fromEntries(outputs) };
}

/** An output that the verification cannot do without. Throws `VERIFY_OUTPUT_MISSING`. */
export function requiredOutput(stack: DeployedStack, output: string): string {
  const value = stack.outputs[output];
  if (value === undefined) throw GovernanceError.of('VERIFY_OUTPUT_MISSING', { stack: stack.stackName, output });
  return value;
}
