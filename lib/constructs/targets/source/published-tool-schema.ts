import { ToolSchema } from 'aws-cdk-lib/aws-bedrockagentcore';
import type { ToolDefinition } from '../../../contract/mcp';

/** Tool schemas that are already in the gateway's words. The L2's own inline schema takes class instances instead of JSON types. */
export class PublishedToolSchema extends ToolSchema {
  constructor(private readonly tools: readonly ToolDefinition[]) {
    super();
  }

  /** Nothing to make. */
  bind(): void {}

  /** Nothing to grant: the schemas lie in the template. */
  grantPermissionsToRole(): void {}

  /** @internal */
  _render(): { inlinePayload: readonly ToolDefinition[] } {
    return { inlinePayload: this.tools };
  }
}
