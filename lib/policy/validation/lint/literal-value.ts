import { type TypedStringKind, typedString } from '../../../contract/arguments/typed-string';
import { quote, unquote } from '../../../contract/cedar-string';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

const CALL = /^(decimal|datetime|duration|ip)\s*\(\s*("(?:[^"\\]|\\.)*")\s*\)$/;

const KINDS: { readonly [constructorName: string]: { readonly kind: TypedStringKind; readonly example: string } } = {
  decimal: { kind: 'decimal-string', example: 'decimal("5.0")' },
  datetime: { kind: 'datetime', example: 'datetime("2026-12-31T08:00:00Z")' },
  duration: { kind: 'duration', example: 'duration("1h30m")' },
  ip: { kind: 'ipaddr', example: 'ip("10.0.0.0/8")' },
};

/** A text from which Cedar makes no value, such as a duration as ISO 8601 has it. */
export const literalValue: Lint = {
  explain(finding, policy): Diagnostic | undefined {
    if (!finding.message.startsWith('error during extension function argument validation')) return undefined;
    const literal = policy.textOf(finding);
    const [, name = '', text = ''] = CALL.exec(literal) ?? [];
    const known = KINDS[name];
    if (known === undefined) return undefined;
    const value = typedString(known.kind, unquote(text), 'converted');
    const form = value === undefined ? known.example : `${value.fn}(${quote(value.arg)})`;
    return diagnostic('POLICY_LITERAL_INVALID', { literal, form }, { location: policy.atBytes(finding) });
  },
};
