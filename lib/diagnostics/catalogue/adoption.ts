import { didYouMean, info, stop, warning } from './entry';

/** Findings of `adopt`. */
export const ADOPTION = {
  ADOPT_GATEWAY_MISSING: stop(
    (p: { id: string }) => `gateway \`${p.id}\` is not in the account and Region that the environment names`,
    () =>
      'list the gateways there with `aws bedrock-agentcore-control list-gateways`; `AWS_PROFILE` and `AWS_REGION` choose the account and Region',
  ),
  ADOPT_UNSUPPORTED: stop(
    (p: { id: string; what: string }) => `gateway \`${p.id}\` cannot be adopted: ${p.what}`,
    () => 'change it first, or make a governed gateway beside it with `governed-gateway init`; nothing was written',
  ),
  ADOPT_TARGET: stop(
    (p: { option: string; target: string; suggestion: string | undefined }) =>
      `\`${p.option}\` names target \`${p.target}\`, which the gateway does not have`,
    (p) => didYouMean(p.suggestion, `name a target of the gateway, with what it needs: \`${p.option} orders=FILE\``),
  ),
  ADOPT_OUTSIDE: warning(
    (p: { target: string; reason: string; instead: string }) =>
      `target \`${p.target}\` is left out of the stack: ${p.reason}`,
    (p) => `${p.instead}; until then it stays on the gateway as it is, and policies about its tools do not validate`,
  ),
  ADOPT_POLICY_LEFT: warning(
    (p: { policy: string; reason: string }) => `policy \`${p.policy}\` was not written: ${p.reason}`,
    () =>
      'it stays in the policy engine as it is; write what it should say into a file of `policies/`, if it is still meant',
  ),
  ADOPT_POLICIES_TWICE: warning(
    (p: { policies: readonly string[]; engine: string }) =>
      `after the first deployment \`${p.engine}\` holds each policy twice: as it was made, and as the stack declares it`,
    (p) =>
      `delete what was made by hand once the stack is deployed, or it keeps deciding whatever the files say: \`aws bedrock-agentcore-control delete-policy\` for ${p.policies.map((id) => `\`${id}\``).join(', ')}`,
  ),
  ADOPT_WITHOUT_ENGINE: warning(
    () => 'no policy engine is attached to the gateway, so that every caller it lets in may call every tool',
    () => 'write policies into `policies/`, watch what they would deny, then set `mode` to `EnforcementMode.ENFORCE`',
  ),
  ADOPT_ANY_TOKEN: warning(
    (p: { issuer: string }) =>
      `the gateway takes any token of \`${p.issuer}\`, and the construct refuses that at synth`,
    () => 'name clients, audiences, scopes or custom claims in the stack, of which a token must have one',
  ),
  ADOPT_KEPT: info(
    (p: { what: string; members: readonly string[] }) =>
      `the construct has no word for ${p.members.map((member) => `\`${member}\``).join(', ')} of ${p.what}: \`keep\` in the stack has them as they are`,
    () => 'nothing changes by that; take the property out of `keep` when it is to change',
  ),
  ADOPT_INTERCEPTORS: warning(
    (p: { count: number }) =>
      `the gateway keeps ${p.count === 1 ? 'its interceptor' : `its ${p.count} interceptors`}, by \`keep\` in the stack, and no check sees what they do`,
    () =>
      'rewrite them with `steps`, or as `requestInterceptor` and `responseInterceptor`; until then the construct cannot add steps or trusted context of its own',
  ),
  ADOPT_UNVALIDATED: info(
    (p: { policies: readonly string[] }) =>
      `${p.policies.map((policy) => `\`${policy}\``).join(', ')} would be refused by the service's own validation, so that somebody made it without: its file says the same by \`@validation("IGNORE_ALL_FINDINGS")\``,
    () => 'add a condition to it and take the annotation away, unless everything is meant',
  ),
  ADOPT_LOST: warning(
    (p: { members: readonly string[] }) =>
      `CloudFormation has no property for ${p.members.map((member) => `\`${member}\``).join(', ')}, so that the first deployment takes it away from the gateway`,
    () => 'do not deploy before you know that nobody needs it; set it again after each deployment otherwise',
  ),
  ADOPT_CHANGED: info(
    (p: { target: string; what: string }) => `the first deployment changes target \`${p.target}\`: ${p.what}`,
    () => 'the tools are those of today; `cdk diff` shows the change before it is made',
  ),
  ADOPT_ROLE: info(
    (p: { role: string }) => `the first deployment gives the gateway a role of its own in the place of \`${p.role}\``,
    () =>
      'name the new role where policies of other resources name the old one, such as functions of other accounts and keys; then delete the old one, if nothing else uses it',
  ),
  ADOPT_BESIDE: info(
    (p: { what: string }) => `the gateway keeps ${p.what}, of which the stack knows nothing`,
    () => 'nothing changes by that; import it into the stack as a resource of its own, if it is to be declared',
  ),
  ADOPT_IN_STACK: warning(
    (p: { stack: string }) => `the gateway belongs to stack \`${p.stack}\`, and no resource can be in two`,
    () =>
      'there, give the gateway and its targets `DeletionPolicy: Retain`, deploy, remove them from the template, and deploy again; then import them here',
  ),
};
