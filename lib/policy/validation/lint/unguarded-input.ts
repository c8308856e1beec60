import { diagnostic } from '../../../diagnostics/diagnostic';
import { attributePath } from '../../text/reads';
import type { Lint } from './lint';

const UNSAFE = /^unable to guarantee safety of access to optional attribute `(input[.[].+)` in context/;
const GUARD = /`(.+) && \.\.`/;

/** An optional argument without `has` before it. */
export const unguardedInput: Lint = {
  explain(finding, policy) {
    const [, attribute] = UNSAFE.exec(finding.message) ?? [];
    if (attribute === undefined) return undefined;
    const name = attributePath(attribute).slice(1).join('.');
    const guard = GUARD.exec(finding.help ?? '')?.[1] ?? 'context.input has ...';
    return diagnostic('POLICY_INPUT_UNGUARDED', { name, guard }, { location: policy.atRead(finding) });
  },
};
