import type { DiagnosticCode, ParamsOf } from './catalogue';
import { type Diagnostic, type DiagnosticOptions, diagnostic } from './diagnostic';
import { renderText } from './render-text';

const BRAND = Symbol.for('governed-gateway.GovernanceError');

/**
 * The only error that this library throws on purpose: one or more findings. Told apart by {@link GovernanceError.is}.
 *
 * @example
 * try {
 *   loadPolicies([PolicySource.fromDirectory('policies')], { nameSeed: 'local' });
 * } catch (error) {
 *   if (GovernanceError.is(error)) console.error(renderText(error.diagnostics));
 * }
 */
export class GovernanceError extends Error {
  /** Whether an error is one of ours, whichever copy of the library made it. */
  static is(error: unknown): error is GovernanceError {
    return typeof error === 'object' && error !== null && (error as { [BRAND]?: true })[BRAND] === true;
  }

  /** An error of a single finding. */
  static of<C extends DiagnosticCode>(code: C, params: ParamsOf<C>, options?: DiagnosticOptions): GovernanceError {
    return new GovernanceError([diagnostic(code, params, options)]);
  }

  readonly [BRAND] = true;
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(renderText(diagnostics));
    this.name = 'GovernanceError';
    this.diagnostics = diagnostics;
  }
}
