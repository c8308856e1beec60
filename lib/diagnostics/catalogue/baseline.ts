import { error, warning } from './entry';

/** What every finding about a rule says: the baseline, the gateway, and what is wrong. */
export interface Broken {
  readonly baseline: string;
  readonly path: string;
  readonly problem: string;
}

const broken = (rule: string) => (p: Broken) =>
  `gateway \`${p.path}\` breaks baseline \`${p.baseline}\`, rule \`${rule}\`: ${p.problem}`;

/** Findings about baselines, which nobody can acknowledge unless the baseline leaves the rule to the gateway's scope. */
export const BASELINE = {
  BASELINE_NAME_INVALID: error(
    (p: { name: string }) => `\`${p.name}\` is no name of a baseline`,
    () => 'use up to 48 letters, digits and hyphens, with a letter in front, for example `acme`',
  ),
  BASELINE_AUTHORIZATION: error(
    broken('authorization'),
    () => 'give the gateway an identity, for example `Identity.cognito()`',
  ),
  BASELINE_MODE: error(broken('mode'), () => 'write `mode: EnforcementMode.ENFORCE`'),
  BASELINE_IDENTITY: error(broken('identity'), () => 'give the gateway one of the allowed identities'),
  BASELINE_TOKEN_LIFETIME: error(
    broken('token-lifetime'),
    () => 'shorten `accessTokenValidity`; of an issuer of your own, the baseline says `accessTokenLifetime`',
  ),
  BASELINE_STEPS: error(
    broken('steps'),
    () => 'add the step to `steps` without `tools`; a chain of your own has to take `configuredSteps()`',
  ),
  BASELINE_OBSERVABILITY: error(broken('observability'), () => 'write `observability: Observability.standard()`'),
  BASELINE_TOOL_CLASSES: error(
    broken('tool-classes'),
    () => 'give the tools a class: `classes` of their definition, or of their target',
  ),
  BASELINE_UNTOUCHED: error(
    broken('untouched'),
    () => 'say what you need by props of the gateway, and leave what it made as it is',
  ),
  BASELINE_UNGOVERNED: error(
    (p: { baseline: string; kind: string; path: string }) =>
      `${p.kind} \`${p.path}\` was made by no \`GovernedGateway\`, so that baseline \`${p.baseline}\` cannot govern it`,
    () =>
      'make gateways by `GovernedGateway` and targets by its `addTarget`; give a role another path than `/governed-gateway/`',
  ),
  BASELINE_POLICY_SIZE: error(
    (p: { kind: string; length: number; max: number }) =>
      `the ${p.kind} of these gateways has ${p.length} characters, and AWS Organizations takes ${p.max}`,
    () => 'name several roles by one pattern of `--role`',
  ),
  BASELINE_EXCEPTION: warning(
    (p: { baseline: string; path: string; rule: string; problem: string; reason: string }) =>
      `gateway \`${p.path}\` breaks baseline \`${p.baseline}\`, rule \`${p.rule}\`, which leaves it to this scope (${p.reason}): ${p.problem}`,
    () => 'keep the rule, or acknowledge the finding with your own reason',
  ),
};
