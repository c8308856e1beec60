import { invalid } from './options';

/** Against what statements are checked. */
export interface CheckContext {
  /** Full names of the tools of all gateways that are attached to the engine. */
  readonly tools: ReadonlySet<string>;
  /** Whether any ACTIVE permit is in the engine beside the policy itself. */
  readonly hasPermit: boolean;
  readonly findingsFail: boolean;
  /** A gateway whose interceptor refuses the service's own calls. */
  readonly interceptorRefuses: boolean;
  /** Id of a gateway that the caller may not invoke. */
  readonly notInvocable: string | undefined;
}

const WILDCARD =
  'When parsing the policy statement, a wildcard resource was detected. To avoid unexpected behavior changes, please constrain the ' +
  'resource either to a specific AgentCore::Gateway resource or to the AgentCore::Gateway resource type.';

/** What the service refuses at once. */
export function checkGrammar(statement: string): void {
  if (/,\s*resource\s*\)/.test(statement)) throw invalid(WILDCARD, 'CannotParse');
  if ((statement.match(/\b(permit|forbid)\s*\(/g) ?? []).length !== 1) {
    throw invalid("unexpected token 'forbid'", 'CannotParse');
  }
}

/** Whether an action stands for tools: of a target, or all. */
function isGroup(action: string, tools: ReadonlySet<string>): boolean {
  return action === 'CallTool' || action === 'Mcp' || [...tools].some((tool) => tool.startsWith(`${action}___`));
}

/** Reasons for which a policy ends in CREATE_FAILED or UPDATE_FAILED; texts as reported from the service. */
export function checkStatement(statement: string, context: CheckContext): string[] {
  if (context.interceptorRefuses) return ['InterceptorException'];
  if (context.notInvocable !== undefined) {
    return [`Insufficient permissions to call gateway with ID ${context.notInvocable}`];
  }
  const unknown = [...statement.matchAll(/AgentCore::Action::"([^"]+)"/g)]
    .map(([, tool]) => tool ?? '')
    .filter((action) => !context.tools.has(action) && !isGroup(action, context.tools));
  if (unknown.length > 0) return unknown.map((tool) => `unrecognized action \`AgentCore::Action::"${tool}"\``);
  const optional = /context\.input\.(\w+)/.exec(statement)?.[1];
  if (optional !== undefined && !statement.includes(`context.input has ${optional}`)) {
    return [`unable to guarantee safety of access to optional attribute \`input.${optional}\``];
  }
  if (!context.findingsFail) return [];
  const isForbid = /\bforbid\s*\(/.test(statement);
  if (isForbid && !context.hasPermit) {
    return [
      'Overly Restrictive: Policy Engine will deny every request for the specified principal, action and resource',
    ];
  }
  if (!isForbid && /,\s*action\s*,/.test(statement) && !/\bwhen\b/.test(statement)) {
    return [
      'Overly Permissive: Policy Engine will allow every request for the specified principal, action and resource',
    ];
  }
  return [];
}
