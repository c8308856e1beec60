import { decodeJwt } from 'jose';
import type { LockScope } from '../contract/lock';
import type { GatewayManifest } from '../contract/manifest';
import type { CatalogTool } from '../contract/mcp';
import { policyNameOf } from '../contract/service-id';
import { joinToolName } from '../contract/tool-name';
import { cognitoSignIn } from '../deployed/cognito-sign-in';
import { requiredOutput } from '../deployed/deployed-stack';
import { type Probe, probeLock, type Refusal } from '../deployed/lock/probe';
import { judgeAnswer } from '../verify/judge-answer';
import { McpCaller } from '../verify/mcp-caller';
import { type DeployedLocks, WAITING } from './lockable-gateway';
import { emulatorToken } from './running-emulator';

/** Variable with the token of a caller that the probe asks as. Never an option, which others can read. */
const TOKEN = 'GOVERNED_GATEWAY_TOKEN';

/** A lock that nobody asked the gateway about, and why. */
export interface Unprobed {
  readonly kind: 'unprobed';
  readonly reason: string;
}

/**
 * Asks the gateway as the caller of the token in the environment, or as the first machine client of its user pool.
 * @param policyId id of the lock on the service
 */
export async function probeDeployed(
  deployed: DeployedLocks,
  scope: LockScope,
  policyId: string,
): Promise<Probe | Unprobed> {
  const { manifest, stack } = deployed;
  const token = await probeToken(deployed, scope);
  if (token === undefined && manifest.identity.authorization !== 'none') {
    return unprobed(`put a token into \`${TOKEN}\` to have the gateway asked`);
  }
  if (scope.kind === 'caller' && (token === undefined || decodeJwt(token).sub !== scope.name)) {
    return unprobed(`only that caller's own token in \`${TOKEN}\` can show it`);
  }
  const caller = await McpCaller.connect(requiredOutput(stack, 'GatewayUrl'), token);
  try {
    const refusal = async (tool: string): Promise<Refusal | undefined> => {
      const answer = judgeAnswer(await caller.callTool(tool, {}), policyNameOf);
      if (answer.kind !== 'denied') return answer.kind === 'error' ? 'unknown' : undefined;
      const names = answer.by === 'policy' ? answer.determining : undefined;
      return names?.includes(policyNameOf(policyId)) ? 'lock' : 'unknown';
    };
    const asked = { listTools: () => caller.listTools(), refusal };
    return await probeLock(asked, scope, probedTools(manifest), WAITING.sleep);
  } finally {
    await caller.close();
  }
}

/** Those without required arguments first: policies decide on their calls, and do not refuse them for what is missing. */
function probedTools({ targets }: GatewayManifest): string[] {
  const needsArguments = ({ inputSchema: { required } }: CatalogTool): boolean =>
    Array.isArray(required) && required.length > 0;
  const tools = targets.flatMap(({ name, tools: own }) => own.map((tool) => ({ target: name, tool })));
  return tools
    .toSorted((a, b) => Number(needsArguments(a.tool)) - Number(needsArguments(b.tool)))
    .map(({ target, tool }) => joinToolName(target, tool.name));
}

async function probeToken(deployed: DeployedLocks, scope: LockScope): Promise<string | undefined> {
  const { manifest, stack, emulator } = deployed;
  if (emulator !== undefined) return emulatorCaller(emulator, manifest, scope);
  const given = process.env[TOKEN];
  if (given !== undefined && given !== '') return given;
  const client = manifest.identity.clients.find(({ flow }) => flow === 'client-credentials');
  if (client === undefined || manifest.identity.kind !== 'cognito') return undefined;
  const persona = {
    name: client.name,
    client: client.name,
    groups: [],
    attributes: {},
    claims: {},
    anonymous: false,
    trusted: {},
  };
  return cognitoSignIn(stack, () => undefined)({ ...persona, scopes: [...client.scopes] });
}

/** Somebody of the emulator's whom the lock stops: the caller that it names, or the first whom the app knows. */
async function emulatorCaller(url: string, { local, identity }: GatewayManifest, scope: LockScope): Promise<string> {
  const names = [...local.personas.map(({ username }) => username), ...machinesOf(identity)];
  const nobody = { claims: { sub: scope.kind === 'caller' ? scope.name : 'probe' } };
  for (const persona of names) {
    const token = await emulatorToken(url, { persona });
    if (scope.kind !== 'caller' || decodeJwt(token).sub === scope.name) return token;
  }
  return emulatorToken(url, nobody);
}

function machinesOf({ clients }: GatewayManifest['identity']): string[] {
  return clients.filter(({ flow }) => flow === 'client-credentials').map(({ name }) => name);
}

function unprobed(reason: string): Unprobed {
  return { kind: 'unprobed', reason };
}
