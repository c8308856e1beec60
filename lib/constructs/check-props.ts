import { Token } from 'aws-cdk-lib';
import { GATEWAY_NAME_PATTERN, LIMITS } from '../contract/limits';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';
import { checkNodeVersion } from '../diagnostics/node-version';
import type { GovernedGatewayProps } from './governed-gateway-props';
import { EnforcementMode } from './policies/enforcement-mode';
import type { GatewaySettings } from './resolved-props';

/** Throws what a type check would have found, since nothing can go on with such props: tsx runs an app without one. */
export function checkTypes(props: GovernedGatewayProps): void {
  checkNodeVersion();
  const findings: Diagnostic[] = [];
  const wrong = (prop: string, expected: string): void => {
    findings.push(diagnostic('GATEWAY_PROP_INVALID', { prop, expected }));
  };
  if (!Object.values(EnforcementMode).includes(props.mode)) {
    wrong('mode', '`EnforcementMode.LOG_ONLY` or `EnforcementMode.ENFORCE`');
  }
  for (const [name, tools] of Object.entries(props.targets ?? {})) {
    if (typeof tools !== 'object') wrong(`targets.${name}`, "for example `Tools.fromTypeScript('tools.ts')`");
  }
  if (props.policies !== undefined && !Array.isArray(props.policies)) {
    wrong('policies', "a list, for example `[PolicySource.fromDirectory('policies')]`");
  }
  if (props.steps !== undefined && !Array.isArray(props.steps)) wrong('steps', 'a list, for example `[Steps.audit()]`');
  for (const [index, step] of [props.steps ?? []].flat().entries()) {
    if (Array.isArray(step)) wrong(`steps[${index}]`, 'one step: spread a list of them, `...steps`');
  }
  for (const [index, source] of [props.policies ?? []].flat().entries()) {
    if (typeof source !== 'object') wrong(`policies[${index}]`, "for example `PolicySource.fromDirectory('policies')`");
  }
  if (findings.length > 0) throw new GovernanceError(findings);
}

/** Throws what is wrong with the gateway's own props, all at once. */
export function checkSettings(settings: GatewaySettings): void {
  const findings: Diagnostic[] = [];
  const { gatewayName } = settings;
  if (!Token.isUnresolved(gatewayName) && !GATEWAY_NAME_PATTERN.test(gatewayName)) {
    findings.push(diagnostic('GATEWAY_NAME_INVALID', { name: gatewayName, suggestion: validName(gatewayName) }));
  }
  const length = (prop: string, text: string | undefined, max: number): void => {
    if (text === undefined || Token.isUnresolved(text) || (text.length >= 1 && text.length <= max)) return;
    findings.push(diagnostic('GATEWAY_TEXT_LENGTH', { prop, length: text.length, max }));
  };
  length('description', settings.description, LIMITS.gatewayDescriptionMaxLength);
  length('instructions', settings.instructions, LIMITS.instructionsMaxLength);
  const session = settings.sessionTimeoutSeconds;
  if (session !== undefined && (session < LIMITS.sessionTimeoutMin || session > LIMITS.sessionTimeoutMax)) {
    findings.push(diagnostic('GATEWAY_SESSION_TIMEOUT', { seconds: session }));
  }
  if (settings.protocolVersions.length === 0) findings.push(diagnostic('GATEWAY_NO_PROTOCOL_VERSION', {}));
  if (findings.length > 0) throw new GovernanceError(findings);
}

/** The nearest name that the service takes. */
function validName(name: string): string {
  const parts = name.split(/[^0-9a-zA-Z]+/).filter((part) => part !== '');
  return parts.join('-').slice(0, LIMITS.gatewayNameMaxLength).replace(/-$/, '') || 'gateway';
}
