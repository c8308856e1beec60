import { textMember } from '../../contract/drift/text-member';
import { isJsonObject, type JsonObject } from '../../contract/json';
import { POLICY_NAME_PATTERN } from '../../contract/limits';
import { LOCAL_ENGINE_ARN, LOCAL_ENGINE_ID, LOCAL_GATEWAY_ARN, localPolicyId } from '../../contract/local-arn';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, isError } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { loadPolicies, PolicySource } from '../../policy/source/source';
import type { LivePolicy } from '../policy/live-changes';
import { ApiError, invalid, notFound } from './api-error';
import type { ControlPlane } from './control-plane';

/** Every policy of the engine, those of the app first. */
export function listPolicies(plane: ControlPlane): JsonObject[] {
  const declared = plane.application().deployed.map((policy): LivePolicy => {
    const policyId = localPolicyId(policy.name);
    return { policyId, policy, clientToken: undefined, createdAt: new Date(0), failures: [] };
  });
  return [...declared, ...plane.changes.policies].map(view);
}

/** Throws an {@link ApiError} when there is none. */
export function getPolicy(plane: ControlPlane, policyId: string): JsonObject {
  const found = listPolicies(plane).find((policy) => policy['policyId'] === policyId);
  if (found === undefined) throw notFound(`policy ${policyId}`);
  return found;
}

/** Creates a policy that is in force at once, or has failed. The same request again gives the same policy. */
export function createPolicy(plane: ControlPlane, input: JsonObject): JsonObject {
  const { changes } = plane;
  const clientToken = typeof input['clientToken'] === 'string' ? input['clientToken'] : undefined;
  const again = changes.policies.find((one) => clientToken !== undefined && one.clientToken === clientToken);
  if (again !== undefined) return view(again);
  const name = textMember(input, 'name');
  if (!POLICY_NAME_PATTERN.test(name)) throw invalid(`name ${JSON.stringify(name)} is no name of a policy`);
  if (listPolicies(plane).some((policy) => policy['name'] === name)) {
    throw new ApiError(409, 'ConflictException', `a policy with the name ${name} exists`);
  }
  const { policy, findings } = written(name, input);
  const made = { policyId: localPolicyId(name), policy, clientToken, createdAt: plane.clock() };
  changes.put({ ...made, failures: findings.map(({ message }) => message) });
  if (findings.length === 0) {
    try {
      plane.serve();
    } catch (error) {
      if (!GovernanceError.is(error)) throw error;
      changes.put({ ...made, failures: error.diagnostics.map(({ message }) => message) });
    }
  }
  return { ...getPolicy(plane, made.policyId), status: 'CREATING' };
}

/** Removes a policy that was made by the control plane. One of the app stays until the app leaves it out. */
export function deletePolicy(plane: ControlPlane, policyId: string): JsonObject {
  const policy = getPolicy(plane, policyId);
  if (!plane.changes.policies.some((one) => one.policyId === policyId)) {
    throw invalid(`${policyId} is a policy of the app; the emulator takes it away when the app leaves it out`);
  }
  plane.changes.remove(policyId);
  plane.serve();
  return { ...policy, status: 'DELETING' };
}

/** The policy that a request describes, and what is wrong with it. */
function written(name: string, input: JsonObject): { policy: DesiredPolicy; findings: readonly Diagnostic[] } {
  const statement = statementOf(input);
  const { policies, diagnostics } = loadPolicies([PolicySource.fromInline(statement, { id: name })], { nameSeed: '' });
  const [first] = policies;
  const policy: DesiredPolicy = {
    id: name,
    name,
    effect: first?.effect ?? 'forbid',
    ...(typeof input['description'] === 'string' ? { description: input['description'] } : {}),
    statementParts: statement.split(LOCAL_GATEWAY_ARN),
    validationMode: input['validationMode'] === 'IGNORE_ALL_FINDINGS' ? 'IGNORE_ALL_FINDINGS' : 'FAIL_ON_ANY_FINDINGS',
    enforcementMode: input['enforcementMode'] === 'LOG_ONLY' ? 'LOG_ONLY' : 'ACTIVE',
    origin: { file: 'control plane', line: 1, column: 1 },
  };
  return { policy, findings: diagnostics.filter(isError) };
}

function statementOf({ definition }: JsonObject): string {
  const kinds = isJsonObject(definition) ? Object.values(definition) : [];
  const statement = kinds.filter(isJsonObject).map((kind) => textMember(kind, 'statement'))[0] ?? '';
  if (statement === '') throw invalid('definition has no statement');
  if (statement.includes('?resource')) throw invalid('a statement of the service has no template slots');
  return statement;
}

function view({ policyId, policy, createdAt, failures }: LivePolicy): JsonObject {
  return {
    policyId,
    policyEngineId: LOCAL_ENGINE_ID,
    policyArn: `${LOCAL_ENGINE_ARN}/policy/${policyId}`,
    name: policy.name,
    ...(policy.description === undefined ? {} : { description: policy.description }),
    definition: { cedar: { statement: policy.statementParts.join(LOCAL_GATEWAY_ARN) } },
    enforcementMode: policy.enforcementMode,
    status: failures.length === 0 ? 'ACTIVE' : 'CREATE_FAILED',
    statusReasons: [...failures],
    createdAt: createdAt.toISOString(),
    updatedAt: createdAt.toISOString(),
  };
}
