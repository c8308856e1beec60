import type { ToolSource } from './tool-source';
import type { TypeScriptToolsOptions } from './typescript-options';
import { TypeScriptTools } from './typescript-tools';

/** The tools of one gateway target, and what runs them. */
export class Tools {
  /**
   * Tools in TypeScript, defined with `defineTool` of `governed-gateway/tool`. The entry exports `handler = toolHandler(...)`; it is bundled
   * at synth, and a Lambda function that may do nothing else than write its log runs it.
   *
   * @param entry path of the source file, relative to the app's directory
   */
  static fromTypeScript(entry: string, options: TypeScriptToolsOptions = {}): Tools {
    return new Tools(new TypeScriptTools(entry, options));
  }

  private constructor(
    /** @internal */
    readonly _source: ToolSource,
  ) {}
}
