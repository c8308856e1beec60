/** Entity type of tools and of the groups that they are in. */
export const ACTION_TYPE = 'AgentCore::Action';

/** Entity type of the gateway, which is the resource of every call. */
export const GATEWAY_TYPE = 'AgentCore::Gateway';

/** The groups above every target's action. */
export const ACTION_ROOT = 'Mcp';
export const ACTION_CALL_TOOL = 'CallTool';
