import { didYouMean, error, stop, warning } from './entry';

/** Findings of `lock` and `unlock`. */
export const LOCK = {
  LOCK_SCOPE: stop(
    (p: { given: number }) => (p.given === 0 ? 'nothing says what to lock' : 'a lock stops one thing'),
    () => 'give one of `--all`, `--tool`, `--target` and `--caller`; run the command again for another one',
  ),
  LOCK_UNKNOWN: stop(
    (p: { kind: string; name: string; suggestion: string | undefined }) => `the gateway has no ${p.kind} \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'name a tool as clients see it, `target___tool`'),
  ),
  LOCK_TEXT: stop(
    (p: { option: string; problem: string }) => `\`${p.option}\`: ${p.problem}`,
    () => 'say why in `--reason`, and how long in `--for`, such as `30m`, `2h` or `1d`',
  ),
  LOCK_REFUSED: stop(
    (p: { reason: string }) => `the service refused the lock: ${p.reason}`,
    () => 'lock something wider, such as `--all`; nothing was stopped',
  ),
  LOCK_OPEN: stop(
    (p: { policy: string; status: string }) =>
      `\`${p.policy}\` is still \`${p.status}\`, so that nobody can tell what is stopped`,
    () => 'run `governed-gateway lock --list` to see what became of it',
  ),
  LOCK_ENGINE_DETACHED: stop(
    (p: { gateway: string }) => `gateway \`${p.gateway}\` has no policy engine, so that no lock can stop anything`,
    () => 'deploy the stack again',
  ),
  LOCK_LOGS_ONLY: warning(
    (p: { path: string }) => `gateway \`${p.path}\` only logs: the lock is there, and stops nothing`,
    () =>
      'run it again with `--enforce`, which has the gateway enforce all of its policies, also against everybody else',
  ),
  LOCK_PASSES: error(
    (p: { tool: string }) => `\`${p.tool}\` still answers, though the lock is ACTIVE`,
    () => 'run `governed-gateway verify --control-plane`; if the gateway is as declared, try again in a minute',
  ),
  LOCK_NONE: stop(
    (p: { what: string }) => `there is no lock of ${p.what}`,
    () => 'run `governed-gateway lock --list` to see which there are',
  ),
};
