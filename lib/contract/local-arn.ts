/** Stands for a gateway whose ARN is not known yet: at synth, in tests and in the emulator. Matches the ARN pattern. */
export const LOCAL_GATEWAY_ARN = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/local-0000000000';
