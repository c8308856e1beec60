import type { DiagnosticCode, ParamsOf } from './catalogue';
import { type Diagnostic, type DiagnosticOptions, diagnostic } from './diagnostic';
import { renderText } from './render-text';

const BRAND = Symbol.for('governed-gateway.GovernanceError');

/** What Node.js calls to show an object. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

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

  declare readonly [BRAND]: true;
  declare readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(renderText(diagnostics));
    // Not enumerable: Node.js shows what is, and would tell each finding a second time as an object.
    for (const [name, value] of Object.entries({ name: 'GovernanceError', diagnostics })) hide(this, name, value);
    hide(this, BRAND, true);
    // The finding says where to look. A stack would lead into this library.
    if (process.env['GOVERNED_GATEWAY_DEBUG']) return;
    hide(this, 'stack', this.message);
    // Node.js puts errors without a stack into brackets.
    hide(this, INSPECT, () => this.message);
  }
}

function hide(error: Error, name: string | symbol, value: unknown): void {
  Object.defineProperty(error, name, { value, enumerable: false, configurable: true, writable: true });
}
