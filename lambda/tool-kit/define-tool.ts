import type * as z from 'zod';
import type { ToolContext } from './tool-context';

/** Definition of a tool: the one source of its published schema, Cedar input type, handler types and run-time check. */
export interface ToolProps<Input extends z.ZodObject, Trusted extends z.ZodObject, Output extends z.ZodType> {
  /** Bare name, at most 256 characters together with the gateway target's. Clients see `<target>___<name>`. */
  readonly name: string;
  /** What the tool does, for the agent that chooses it. */
  readonly description: string;
  /** The arguments that the agent gives. */
  readonly input: Input;
  /**
   * Arguments that the REQUEST interceptor injects and the agent never sees. A call without them is denied.
   *
   * @default - none
   */
  readonly trusted?: Trusted;
  /**
   * What the handler returns. The schema is published, and a result that does not match it becomes an error.
   *
   * @default - anything that JSON can carry
   */
  readonly output?: Output;
  /**
   * What policies may say of this tool and of others at once: `read`, `write`, `destructive`, `open-world`, and names of your own. A policy
   * names them `AgentCore::Action::"class:read"`.
   *
   * @default - none
   */
  readonly classes?: readonly string[];
  /** Runs the tool. Throw a {@link ToolError} to tell the agent why it failed. */
  readonly handler: (
    input: z.output<Input>,
    context: ToolContext<z.output<Trusted>>,
  ) => z.input<Output> | Promise<z.input<Output>>;
}

/** A tool as {@link defineTool} returns it, without type parameters, so that different tools fit in one list. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly trusted: z.ZodObject | undefined;
  readonly output: z.ZodType | undefined;
  readonly classes: readonly string[] | undefined;
  readonly handler: (input: unknown, context: ToolContext<unknown>) => unknown;
}

/** Trusted fields of a tool that declares none. */
export type NoTrustedFields = z.ZodObject<Record<never, never>>;

/**
 * Defines a tool of a Lambda target.
 *
 * @example
 * export const getClaim = defineTool({
 *   name: 'get_claim',
 *   description: 'Returns one insurance claim',
 *   input: z.object({ claim_id: z.string() }),
 *   handler: ({ claim_id }) => ({ claim_id, status: 'open' }),
 * });
 */
export function defineTool<
  Input extends z.ZodObject,
  Trusted extends z.ZodObject = NoTrustedFields,
  Output extends z.ZodType = z.ZodType<unknown>,
>(props: ToolProps<Input, Trusted, Output>): Tool {
  return {
    name: props.name,
    description: props.description,
    input: props.input,
    trusted: props.trusted,
    output: props.output,
    classes: props.classes,
    // Sound: the handler is only called with what `input` and `trusted` have parsed.
    handler: props.handler as Tool['handler'],
  };
}
