// The public surface of `governed-gateway/tool`, by name.
export {
  type AssumeRole,
  type AssumeRoleRequest,
  type AssumeRoleResponse,
  assumeCallerRole,
  type CallerCredentials,
  type CallerRoleOptions,
} from './assume-caller-role';
export { defineTool, type NoTrustedFields, type Tool, type ToolProps } from './define-tool';
export type { LambdaContext, ToolContext } from './tool-context';
export { ToolError } from './tool-error';
export { type ToolHandler, toolHandler } from './tool-handler';
export type { LogFields, ToolLog } from './tool-log';
export type { ArgumentIssue, ToolFailure, ToolFailureCode } from './tool-result';
