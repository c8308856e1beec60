import { didYouMean, error, info, warning } from './entry';

/** Findings about whom, what and where a policy names. */
export const POLICY_SCOPE = {
  POLICY_RESOURCE_WILDCARD: error(
    () => 'the resource of this policy is a wildcard, which the service refuses',
    (p: { named: boolean }) => (p.named ? 'write `resource == ?resource`' : 'write `resource is AgentCore::Gateway`'),
  ),
  POLICY_GATEWAY_UNNAMED: error(
    () => 'a policy that names its actions must name its gateway too',
    () => 'write `resource == ?resource`, which is bound to the gateway at deployment',
  ),
  POLICY_GATEWAY_MISMATCH: error(
    (p: { arn: string; expected: string }) =>
      `the policy is for gateway \`${p.arn}\`, and the set for \`${p.expected}\``,
    () => 'write `resource == ?resource`, which is bound to the gateway at deployment',
  ),
  POLICY_GATEWAY_ARN_INVALID: error(
    (p: { arn: string }) => `\`${p.arn}\` is not the ARN of a gateway`,
    () => 'write `resource == ?resource`, or the whole ARN `arn:aws:bedrock-agentcore:REGION:ACCOUNT:gateway/ID`',
  ),
  POLICY_ACTION_BARE_WITH_GATEWAY: warning(
    () => 'a policy for every action names a gateway, which the service may refuse',
    () => 'name the actions, for example `action in [...]`, or write `resource is AgentCore::Gateway`',
  ),
  POLICY_UNKNOWN_TOOL: error(
    (p: { action: string; suggestion?: string }) => `no target of this gateway has the tool \`${p.action}\``,
    (p) => didYouMean(p.suggestion, 'write `target___tool`, with the names from the tool catalog'),
  ),
  POLICY_CLASS_UNKNOWN: error(
    (p: { name: string; suggestion: string | undefined }) => `no tool of this gateway is in a class \`${p.name}\``,
    (p) =>
      didYouMean(
        p.suggestion,
        'give the class to a tool with `classes` of its target, or declare it in `toolClasses` of the gateway',
      ),
  ),
  POLICY_CLASS_EMPTY: info(
    (p: { name: string }) => `no tool is in the class \`${p.name}\` yet, so that the policy is not deployed`,
    () => 'give the class to a tool when there is one: the policy is deployed then',
  ),
  POLICY_CLASS_PLACE: error(
    (p: { group: string }) => `\`${p.group}\` stands where no list of tools can stand for it`,
    (p) => `write \`action in AgentCore::Action::"${p.group}"\``,
  ),
  POLICY_TOOL_SEPARATOR: error(
    (p: { action: string; correct: string }) => `\`${p.action}\` does not join target and tool with three underscores`,
    (p) => `write \`${p.correct}\``,
  ),
  POLICY_ACTION_NAMESPACE: error(
    (p: { action: string; correct: string }) => `\`${p.action}\` is no action of the namespace \`AgentCore\``,
    (p) => `write \`${p.correct}\``,
  ),
  POLICY_PERMIT_OF_SERVER: warning(
    (p: { target: string }) =>
      `the policy permits every tool of the MCP server \`${p.target}\`, also those that it gains later`,
    (p) => `name the tools, for example \`action == AgentCore::Action::"${p.target}___tool"\``,
  ),
  POLICY_GROUP_COMPARED: error(
    (p: { group: string }) => `\`action ==\` never holds for \`${p.group}\`, which stands for several tools`,
    (p) => `write \`action in AgentCore::Action::"${p.group}"\``,
  ),
  POLICY_PRINCIPAL_UNTYPED: warning(
    () => 'the principal has no type, so that the policy is for IAM and unauthenticated callers too',
    (p: { type: string }) => `write \`principal is ${p.type}\``,
  ),
  POLICY_PRINCIPAL_ID_UNTYPED: error(
    () => 'not every principal has an `id`, and this policy names no type of principal',
    () => 'write `principal is AgentCore::OAuthUser` in the scope',
  ),
  POLICY_PRINCIPAL_UNAUTHENTICATED: warning(
    () => 'the service is said to refuse policies for `AgentCore::UnauthenticatedUser`',
    () => 'write `principal is AgentCore::OAuthUser` or `principal is AgentCore::IamEntity`',
  ),
  POLICY_PRINCIPAL_EMAIL: warning(
    (p: { id: string }) => `the id of a principal is the \`sub\` of its token, which \`${p.id}\` does not look like`,
    () => 'compare a claim: `principal.hasTag("email") && principal.getTag("email") == "..."`',
  ),
  POLICY_IAM_ID: error(
    (p: { id: string }) =>
      `no IAM caller has the id \`${p.id}\`: it is the ARN of the assumed role, without session name`,
    (p: { id: string; form: string }) => `write \`${p.form}\``,
  ),
  POLICY_TYPE_UNKNOWN: error(
    (p: { type: string; suggestion?: string }) => `AgentCore knows no entity type \`${p.type}\``,
    (p) =>
      didYouMean(
        p.suggestion,
        'groups and roles are claims: `principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"NAME\\"*"`',
      ),
  ),
};
