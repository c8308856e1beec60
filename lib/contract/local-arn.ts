/** Stands for a gateway whose ARN is not known yet: at synth, in tests and in the emulator. Matches the ARN pattern. */
export const LOCAL_GATEWAY_ARN = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/local-0000000000';

/** Id of the gateway of {@link LOCAL_GATEWAY_ARN}. */
export const LOCAL_GATEWAY_ID = LOCAL_GATEWAY_ARN.slice(LOCAL_GATEWAY_ARN.lastIndexOf('/') + 1);

/** Id of the emulator's policy engine. */
export const LOCAL_ENGINE_ID = 'local-engine';

export const LOCAL_ENGINE_ARN = `${LOCAL_GATEWAY_ARN.replace(/:gateway\/.*$/, '')}:policy-engine/${LOCAL_ENGINE_ID}`;

/** Id of a policy as the emulator gives it, in the service's form: the name with ten characters. */
export function localPolicyId(name: string): string {
  return `${name}-local00000`;
}
