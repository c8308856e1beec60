import { joinToolName } from '../contract/tool-name';

/** A tool as a Cedar action. Made by `target.tool('name')`, which knows that the tool exists. */
export class ToolAction {
  constructor(
    /** Name of the gateway target. */
    readonly target: string,
    /** Bare name of the tool. */
    readonly tool: string,
  ) {}

  /** Full name, `target___tool`. */
  get name(): string {
    return joinToolName(this.target, this.tool);
  }
}
