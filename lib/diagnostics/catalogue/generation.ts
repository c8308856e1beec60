import { error, stop } from './entry';

/** Findings of `generate`. */
export const GENERATION = {
  GENERATION_SENTENCE: stop(
    (p: { length: number; max: number }) =>
      p.length === 0 ? 'there is no sentence to make a policy of' : `the sentence has ${p.length} characters`,
    (p) => `say in 1 to ${p.max} characters who may call which tool, and when`,
  ),
  GENERATION_FAILED: error(
    (p: { reasons: readonly string[] }) =>
      `the service made no policy: ${p.reasons.length === 0 ? 'it gives no reason' : p.reasons.join('; ')}`,
    () => 'say the sentence in another way: one tool, one kind of caller, one condition; nothing was written',
  ),
  GENERATION_UNTRANSLATED: error(
    (p: { fragment: string; hint: string }) => `the service could not make a policy of \`${p.fragment}\`${p.hint}`,
    () => 'say it with names that the gateway has: `governed-gateway schema` lists tools, arguments and claims',
  ),
  GENERATION_FINDING: error(
    (p: { type: string; fragment: string; hint: string }) =>
      `the service finds ${p.type} in the policy that it made of \`${p.fragment}\`${p.hint}`,
    () => 'narrow the sentence: the service refuses to deploy a policy with such a finding',
  ),
  GENERATION_OTHER_GATEWAY: error(
    (p: { fragment: string; arn: string }) =>
      `the policy made of \`${p.fragment}\` is about another gateway, \`${p.arn}\``,
    () => 'say nothing of gateways in the sentence: the policy is for the one that `--gateway` names',
  ),
  GENERATION_FOLDER: stop(
    (p: { path: string }) => `the policies of \`${p.path}\` come from no folder that a new file could be put into`,
    () => 'name one that the app reads its policies from: `--out policies`',
  ),
  GENERATION_OPEN: stop(
    (p: { id: string; seconds: number }) => `generation \`${p.id}\` did not end within ${p.seconds} seconds`,
    () => 'run the command again; nothing was written, and what the service still makes expires by itself',
  ),
  GENERATION_GONE: stop(
    (p: { id: string }) => `policy engine \`${p.id}\` is not there, or knows nothing of the generation`,
    () => 'deploy the stack, or run `governed-gateway verify --control-plane` to see what differs',
  ),
};
