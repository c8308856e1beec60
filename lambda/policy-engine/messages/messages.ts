/** A message says what is wrong, its help what to do now: one sentence each, in the voice of the catalogue. */
export interface Message<P> {
  readonly message: (params: P) => string;
  readonly help: (params: P) => string;
}

function entry<P>(message: (params: P) => string, help: (params: P) => string): Message<P> {
  return { message, help };
}

/** Everything for which the handlers fail a resource by themselves, apart from the reasons of single policies, see `REASONS`. */
export const MESSAGES = {
  REQUEST_FOREIGN: entry(
    (p: { stack: string; resource: string }) =>
      `resource \`${p.resource}\` of stack \`${p.stack}\` is not one that these functions serve`,
    () => 'let only the template of the gateway name this service token, and deploy it as the construct makes it',
  ),
  ENGINE_FOREIGN: entry(
    (p: { engine: string }) => `policy engine \`${p.engine}\` is not the one of this gateway, and its policies stay`,
    () => 'after a move to another engine, remove the old policies where that engine is managed',
  ),
  GATEWAY_FOREIGN: entry(
    (p: { gateway: string }) => `gateway \`${p.gateway}\` is not the one that these functions serve`,
    () => 'deploy the template as the construct makes it',
  ),
  PROPERTY_MISSING: entry(
    (p: { property: string }) => `property \`${p.property}\` is missing`,
    () => 'deploy the template as the construct makes it',
  ),
  TYPE_UNKNOWN: entry(
    (p: { type: string }) => `resource type \`${p.type}\` is unknown`,
    () => 'deploy the template as the construct makes it',
  ),
  ENGINE_NAME_INVALID: entry(
    (p: { name: string }) => `policy engine name \`${p.name}\` is not one that the service takes`,
    () => 'begin with a letter, and use up to 48 letters, digits and underscores',
  ),
  ENGINE_KEY_CHANGED: entry(
    (p: { name: string }) => `policy engine \`${p.name}\` cannot change its key`,
    () =>
      'give the engine a new name together with the new key, so that it is replaced and the gateway moves over to it',
  ),
  ENGINE_NAME_TAKEN: entry(
    (p: { name: string }) => `policy engine \`${p.name}\` exists and was not made by this resource`,
    () => 'pass the engine to the construct as an existing one, or choose another engine name',
  ),
  ENGINE_NAME_REFUSED: entry(
    (p: { name: string; reason: string }) => `the service refuses to create policy engine \`${p.name}\`: ${p.reason}`,
    () => 'look for an engine of this name in the account and Region, and choose another name',
  ),
  ENGINE_FAILED: entry(
    (p: { name: string; reason: string }) => `policy engine \`${p.name}\` failed: ${p.reason}`,
    () => 'remove the cause, then deploy again; without a reason, ask AWS Support',
  ),
  ENGINE_DELETE_FAILED: entry(
    (p: { name: string; reason: string }) => `policy engine \`${p.name}\` could not be deleted: ${p.reason}`,
    () => 'remove the cause, then delete again; without a reason, ask AWS Support',
  ),
  ENGINE_HOLDS_FOREIGN: entry(
    (p: { name: string; policies: string }) =>
      `policy engine \`${p.name}\` still holds policies that this stack did not make: ${p.policies}`,
    () => 'remove them, or keep the engine with `removalPolicy: RemovalPolicy.RETAIN`, then delete again',
  ),
  ENGINE_HOLDS_OWN: entry(
    (p: { name: string; policies: string }) =>
      `policy engine \`${p.name}\` still holds policies of this stack whose removal failed: ${p.policies}`,
    () => 'see why in the event of the policy set, then delete again',
  ),
  GATEWAY_DETACHED: entry(
    (p: { gateway: string; engine: string }) =>
      `gateway \`${p.gateway}\` is attached to no policy engine, not to \`${p.engine}\``,
    () => 'somebody changed the gateway outside of the stack; attach the engine again, then deploy',
  ),
  GATEWAY_ATTACHED_ELSEWHERE: entry(
    (p: { gateway: string; engine: string; other: string }) =>
      `gateway \`${p.gateway}\` is attached to \`${p.other}\`, not to \`${p.engine}\``,
    () => 'somebody changed the gateway outside of the stack; attach the engine again, then deploy',
  ),
  GATEWAY_MODE: entry(
    (p: { gateway: string; mode: string; wanted: string }) =>
      `gateway \`${p.gateway}\` is in mode \`${p.mode}\`, not \`${p.wanted}\``,
    () => 'somebody changed the gateway outside of the stack; set the mode again, then deploy',
  ),
  DOCUMENT_FOREIGN: entry(
    (p: { key: string }) => `object \`${p.key}\` is not where this gateway's policy set documents lie`,
    () => 'deploy the template as the construct makes it',
  ),
  DOCUMENT_CHANGED: entry(
    (p: { key: string }) => `object \`${p.key}\` is not the policy set document that was synthesized`,
    () => 'find out who wrote into the asset bucket, remove the object, then deploy again, which uploads the document',
  ),
  DOCUMENT_INVALID: entry(
    (p: { key: string }) => `object \`${p.key}\` is not a policy set document of version 1`,
    () => 'synthesize and deploy with one version of the library',
  ),
  POLICY_NAME_INVALID: entry(
    (p: { name: string }) => `policy name \`${p.name}\` is not one that the service takes`,
    () => 'begin with a letter, and use up to 48 letters, digits and underscores',
  ),
  POLICY_NAME_RESERVED: entry(
    (p: { name: string }) =>
      `policy name \`${p.name}\` is one of locks, or of policies that a deployment makes for a moment`,
    () => 'give the policy another name',
  ),
  POLICY_ID_UNKNOWN: entry(
    (p: { name: string }) => `the id of policy \`${p.name}\` is asked for, which is not in the set`,
    () => 'synthesize and deploy with one version of the library',
  ),
  POLICY_NAME_TWICE: entry(
    (p: { name: string }) => `two policies of the set have the name \`${p.name}\``,
    () => 'give one of them another `@id`',
  ),
  PROOF_IMPOSSIBLE: entry(
    (p: { policy: string }) => `policy \`${p.policy}\` asks for a proof that nobody can give`,
    () => 'synthesize and deploy with one version of the library, which names the secret to the set',
  ),
  PROOF_MISSING: entry(
    () => 'the secret with which interceptors prove themselves has no value',
    () =>
      'restore the secret in AWS Secrets Manager, or remove it from the stack and deploy again, which makes another one',
  ),
  SECRET_FOREIGN: entry(
    (p: { secret: string }) => `this function does not rotate \`${p.secret}\``,
    () => 'let only the secret of the gateway name this rotation function',
  ),
  ROTATION_STEP_UNKNOWN: entry(
    (p: { step: string }) => `rotation step \`${p.step}\` is unknown`,
    () => 'update the library to a version that knows it',
  ),
  PROOF_NOT_TAKEN: entry(
    (p: { policies: string }) => `guards do not take the new proof, so the old one stays: ${p.policies}`,
    () => 'look into the log of this function; AWS Secrets Manager tries again by itself',
  ),
  CALL_DENIED: entry(
    (p: { operation: string; reason: string }) => `\`${p.operation}\` was denied: ${p.reason}`,
    (p) => `allow \`${actionOf(p.operation)}\` to the role of this custom resource`,
  ),
  CALL_FAILED: entry(
    (p: { operation: string; reason: string }) => `\`${p.operation}\` failed: ${p.reason}`,
    () => 'remove the cause, then deploy again',
  ),
  TOO_SLOW: entry(
    (p: { maxMinutes: number; reason: string }) => `not done after ${p.maxMinutes} minutes: ${p.reason}`,
    () => 'deploy again when that is over, and the change goes on from what is there',
  ),
} as const;

type MessageKey = keyof typeof MESSAGES;
type ParamsOf<K extends MessageKey> = (typeof MESSAGES)[K] extends Message<infer P> ? P : never;

/** A message of the table and its help. */
export function partsOf<K extends MessageKey>(key: K, params: ParamsOf<K>): { message: string; help: string } {
  const { message, help } = MESSAGES[key] as unknown as Message<ParamsOf<K>>;
  return { message: message(params), help: help(params) };
}

/** What a failed resource says, with the help in a line of its own. */
export function messageOf<K extends MessageKey>(key: K, params: ParamsOf<K>): string {
  const { message, help } = partsOf(key, params);
  return `${message}\nhelp: ${help}`;
}

/** An error that fails the resource with a message of the table. */
export function failure<K extends MessageKey>(key: K, params: ParamsOf<K>): Error {
  return new Error(messageOf(key, params));
}

/** The IAM action of an operation. */
function actionOf(operation: string): string {
  if (operation === 'GetObject') return `s3:${operation}`;
  return `${operation.includes('Secret') ? 'secretsmanager' : 'bedrock-agentcore'}:${operation}`;
}
