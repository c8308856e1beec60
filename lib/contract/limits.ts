/** The two that every interceptor needs, alone: a bundle takes the rest of an object with one of its members. */
export const INPUT_NESTING_MAX = 64;
export const PAYLOAD_MAX_BYTES = 6 * 1024 * 1024;

/**
 * Limits and patterns of the platform. Each says where it is documented:
 * [model] Amazon Bedrock AgentCore Control API model 2023-06-05, [guide] AgentCore developer guide, page bedrock-agentcore-limits.
 */
export const LIMITS = {
  /** [model] Characters of one policy statement. */
  statementMinCharacters: 35,
  /** [model] Characters of one policy statement. */
  statementMaxCharacters: 10_000,
  /** [guide] UTF-8 bytes of one policy statement (10 KB). */
  statementMaxBytes: 10_000,
  /** [guide] UTF-8 bytes of all statements that apply to one gateway (200 KB). */
  statementTotalBytes: 200_000,
  /** [guide] UTF-8 bytes of the Cedar schema of an engine (400 KB). */
  schemaMaxBytes: 400_000,
  /** [guide] Policies in one engine. */
  policiesPerEngine: 1_000,
  /** [model] Length of policy and engine names. */
  policyNameMaxLength: 48,
  /** [model] Length of a policy's or engine's description. */
  policyDescriptionMaxLength: 4_096,
  /** [model] Length of a gateway name, in the form that its ARN pattern allows too. */
  gatewayNameMaxLength: 48,
  /** [model] Length of a gateway's or target's description. */
  gatewayDescriptionMaxLength: 200,
  /** [model] Length of a target name. */
  targetNameMaxLength: 100,
  /** [guide] Length of a tool name as clients see it. */
  toolNameMaxLength: 256,
  /** [guide] Targets of one gateway. */
  targetsPerGateway: 100,
  /** [guide] Bytes of a document in the assets' bucket that describes tools (10 MB). */
  documentMaxBytes: 10 * 1024 * 1024,
  /** [guide] Tools of one target. */
  toolsPerTarget: 1_000,
  /** [model] Length of the MCP instructions. */
  instructionsMaxLength: 2_048,
  /** [guide] Bytes of a request or response, and of both together for an interceptor (6 MB). */
  payloadMaxBytes: PAYLOAD_MAX_BYTES,
  /** [model] Seconds. */
  sessionTimeoutMin: 900,
  /** [model] Seconds. */
  sessionTimeoutMax: 28_800,
  /** [guide] Records nested in a tool input, beyond which the service cannot decide. */
  inputNestingMax: INPUT_NESTING_MAX,
  /** [guide] Create, update and delete of policies, per second. */
  policyWritesPerSecond: 5,
} as const;

/** Characters of a gateway's ARN in the longest Region, with the longest name. */
export const GATEWAY_ARN_MAX_LENGTH =
  'arn:aws-us-gov:bedrock-agentcore:ap-southeast-1:000000000000:gateway/'.length +
  LIMITS.gatewayNameMaxLength +
  '-0123456789'.length;

/** [model] Policy and policy engine names: no hyphens. */
export const POLICY_NAME_PATTERN = /^[A-Za-z][A-Za-z0-9_]{0,47}$/;

/** Names that no declared policy has: those of locks (`lock.ts`), and of policies that a deployment makes for a moment. */
export const RESERVED_POLICY_NAME_PATTERN = /^(lock|bridge)_[0-9a-f]{24}$/;

/** [model] Gateway names: hyphens, no underscores. Narrowed to the length that the gateway's ARN pattern can carry. */
export const GATEWAY_NAME_PATTERN = /^(?=.{1,48}$)[0-9a-zA-Z](-?[0-9a-zA-Z])*$/;

/** [model] Target names: hyphens, no underscores. */
export const TARGET_NAME_PATTERN = /^(?=.{1,100}$)[0-9a-zA-Z](-?[0-9a-zA-Z])*$/;

/** [model] A gateway's ARN. */
export const GATEWAY_ARN_PATTERN =
  /^arn:(aws|aws-us-gov|aws-cn|aws-iso[a-z-]*):bedrock-agentcore:[a-z0-9-]+:[0-9]{12}:gateway\/([0-9a-z]-?){1,48}-[a-z0-9]{10}$/;
