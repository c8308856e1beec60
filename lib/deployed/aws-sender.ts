import type { Send } from '../contract/drift/read-deployed';
import type { JsonObject } from '../contract/json';
import { GovernanceError } from '../diagnostics/governance-error';
import { awsClient } from './deployed-stack';

/** The part of an SDK package that sending needs: `XxxCommand` by operation. */
type SdkPackage = object;

interface SdkClient {
  send(command: object): Promise<object>;
}

/** How calls are repeated: throttled and unanswered ones, for about a minute. */
const PATIENCE = { maxAttempts: 8, requestHandler: { requestTimeout: 15_000 } } as const;

/** What a client of the emulator signs with, which nobody looks at. */
const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } as const;

/**
 * Sends operations of the AgentCore control plane. What fails for good is `VERIFY_CONTROL_PLANE_FAILED`.
 * @param emulator address of a running emulator, in the place of the account that the environment names
 */
export async function controlPlane(emulator?: string): Promise<Send> {
  const sdk = await awsClient(
    '@aws-sdk/client-bedrock-agentcore-control',
    () => import('@aws-sdk/client-bedrock-agentcore-control'),
    emulator === undefined ? undefined : 'a command that asks the control plane of a running emulator',
  );
  return sender(
    new sdk.BedrockAgentCoreControlClient({
      ...PATIENCE,
      ...(emulator !== undefined && { ...LOCAL, endpoint: emulator }),
    }),
    sdk,
  );
}

/** Sends operations of CloudFormation, likewise. */
export async function cloudFormation(): Promise<Send> {
  const sdk = await awsClient('@aws-sdk/client-cloudformation', () => import('@aws-sdk/client-cloudformation'));
  return sender(new sdk.CloudFormationClient(PATIENCE), sdk);
}

/**
 * Sends `LookupEvents` of CloudTrail, which an account may call twice a second in a Region: after the first refusal the client keeps to the
 * pace that is allowed. Times in the input are texts.
 * Source: AWS CloudTrail API reference, LookupEvents
 */
export async function cloudTrail(): Promise<Send> {
  const sdk = await awsClient('@aws-sdk/client-cloudtrail', () => import('@aws-sdk/client-cloudtrail'));
  const client = new sdk.CloudTrailClient({ ...PATIENCE, retryMode: 'adaptive' });
  const send = sender(client, sdk);
  return (operation, { StartTime, ...rest }) =>
    send(operation, {
      ...rest,
      StartTime: new Date(typeof StartTime === 'string' ? StartTime : 0),
    } as object as JsonObject);
}

function sender(client: object, sdk: SdkPackage): Send {
  return async (operation, input) => {
    const Command = (sdk as { readonly [name: string]: new (input: object) => object })[`${operation}Command`];
    if (Command === undefined) throw new TypeError(`the SDK has no operation ${operation}`);
    try {
      return await (client as SdkClient).send(new Command(input));
    } catch (error) {
      // Who reads a list and then its items has to see that one is gone.
      if (error instanceof Error && error.name === 'ResourceNotFoundException') throw error;
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw GovernanceError.of('VERIFY_CONTROL_PLANE_FAILED', { operation, reason });
    }
  };
}
