import type { JsonObject } from '../../contract/json';
import { joinToolName } from '../../contract/tool-name';

/**
 * A tool as a Cedar action. Made by `target.tool('name')`, which knows that the tool exists.
 *
 * @example
 * permit({ actions: [gateway.target('notes').tool('read_note')] });
 */
export class ToolAction {
  constructor(
    /** Name of the gateway target. */
    readonly target: string,
    /** Bare name of the tool. */
    readonly tool: string,
    /**
     * Schema of the tool's arguments, trusted fields included, by which statements choose types and guards.
     * @default - unknown: every argument may be missing, and numbers are decimals when they are written with a point
     */
    readonly inputSchema?: JsonObject,
  ) {}

  /** Full name, `target___tool`. */
  get name(): string {
    return joinToolName(this.target, this.tool);
  }
}
