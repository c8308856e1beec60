import { diagnostic } from '../../diagnostics/diagnostic';
import type { Lint } from './lint';

const UNSAFE = /^unable to guarantee safety of access to optional attribute `input\.(.+)` in context/;
const GUARD = /`(.+) && \.\.`/;

/** An optional argument without `has` before it. */
export const unguardedInput: Lint = {
  explain(finding, policy) {
    const [, name] = UNSAFE.exec(finding.message) ?? [];
    if (name === undefined) return undefined;
    const guard = GUARD.exec(finding.help ?? '')?.[1] ?? 'context.input has ...';
    return diagnostic('POLICY_INPUT_UNGUARDED', { name, guard }, { location: policy.atBytes(finding) });
  },
};
