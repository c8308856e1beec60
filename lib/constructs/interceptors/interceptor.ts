import { bundleTypeScript, type TypeScriptBundle } from '../functions/bundle-typescript';

/**
 * Your own chain of steps in TypeScript, in place of the bundled chain.
 *
 * @example
 * new GovernedGateway(this, 'Gateway', {
 *   mode: EnforcementMode.ENFORCE,
 *   requestInterceptor: Interceptor.fromTypeScript('interceptors/request.ts'),
 * });
 */
export class Interceptor {
  /**
   * A source file that exports `handler`, made with `requestInterceptor` or `responseInterceptor` of `governed-gateway/interceptor`.
   * The steps that are configured here reach it as `configuredSteps()`. The path is relative to the app's directory.
   *
   * Synth fails with a GovernanceError when the file is missing or does not compile.
   */
  static fromTypeScript(entry: string): Interceptor {
    return new Interceptor(entry);
  }

  private constructor(
    /** Source file as it was written. */
    readonly entry: string,
  ) {}

  /** @internal */
  _bundle(): TypeScriptBundle {
    return bundleTypeScript(this.entry);
  }
}
