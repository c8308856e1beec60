import { stop, warning } from './entry';

/** Findings of verification against live gateways. */
export const VERIFY = {
  VERIFY_LOGS_ONLY: warning(
    (p: { path: string }) => `gateway \`${p.path}\` only logs, so that no call is denied and no list is filtered`,
    () => 'verify a stage that enforces, or the emulator; here, only tests that expect ALLOW can pass',
  ),
  VERIFY_STACK_UNREADABLE: stop(
    (p: { stack: string; reason: string }) => `stack \`${p.stack}\` cannot be read: ${p.reason}`,
    () => "check the stack's name, the Region and the credentials",
  ),
  VERIFY_BACKEND_MISSING: stop(
    () => 'no gateway to verify is named',
    () =>
      'name one with `--emulator`, or with `--url` and `--gateway`; `--control-plane` alone compares without calling it',
  ),
  VERIFY_CONTROL_PLANE_FAILED: stop(
    (p: { operation: string; reason: string }) => `\`${p.operation}\` was not answered: ${p.reason}`,
    () => 'check Region, credentials and rights, or try again later; nothing is said about what was read before',
  ),
  VERIFY_TEMPLATE_MISSING: stop(
    (p: { path: string }) => `the template that makes the gateway of \`${p.path}\` is not beside it`,
    () => 'name a cloud assembly that `cdk synth` wrote, with `--app`',
  ),
  VERIFY_GATEWAY_MISSING: stop(
    (p: { path: string; stack: string }) => `stack \`${p.stack}\` has no gateway \`${p.path}\``,
    () => 'deploy the stack, or check its name, the Region and the credentials',
  ),
  VERIFY_OUTPUT_MISSING: stop(
    (p: { stack: string; output: string }) => `stack \`${p.stack}\` has no output for the ${p.output}`,
    () => 'deploy the stack with this version of the library, or name the value on the command line',
  ),
};
