import { EVALUATION_FAILED, type Outcome } from '../../contract/decision';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { policyNameOf } from '../../contract/service-id';
import { timeOf } from './line-time';
import type { PartialCall } from './partial-call';

/** Texts of the log lines about one call. Source: application logs of live gateways in `timwukp/agentcore-guardrails-design-validation`. */
const LOG = {
  executing: /^Executing tool (\S+) from target /,
  started: /^Started processing request/,
  evaluated: /^Policy evaluation (completed|denied request)/,
  enforced: /^Tool Execution Denied:/,
};

/** Method and tool of a request body, which is text in the form of a Java map. The name comes before the arguments or behind them. */
const TOOL = /[{ ]name=([A-Za-z0-9_.-]+___[A-Za-z0-9_.-]+)[,}]/;

/** A line of the platform's application logs that is about a call of a tool. Lines of one call share their `request_id`. */
export function logLine(line: JsonObject): PartialCall | undefined {
  const { request_id: requestId, body, event_timestamp: stamp } = line;
  if (typeof requestId !== 'string' || !isJsonObject(body) || typeof body['log'] !== 'string') return undefined;
  const log = body['log'];
  const known: PartialCall = {
    source: 'log',
    key: requestId,
    requestId,
    ...timeOf(stamp),
  };
  if (LOG.evaluated.test(log)) return { ...known, ...decisionOf(body['policy']) };
  if (LOG.enforced.test(log)) return { ...known, ran: false };
  const executed = LOG.executing.exec(log)?.[1];
  if (executed !== undefined) return { ...known, tool: executed, ran: true };
  if (!LOG.started.test(log)) return undefined;
  const request = body['requestBody'];
  const tool =
    typeof request === 'string' && request.includes('method=tools/call') ? TOOL.exec(request)?.[1] : undefined;
  return tool === undefined ? undefined : { ...known, tool };
}

function decisionOf(policy: JsonValue | undefined): Partial<PartialCall> {
  if (!isJsonObject(policy)) return {};
  const { decision, determiningPolicies, principal, reason } = policy;
  const ids = Array.isArray(determiningPolicies)
    ? determiningPolicies.filter((id) => typeof id === 'string')
    : undefined;
  const caller = isJsonObject(principal) ? principal['entityId'] : undefined;
  const outcome = outcomeOf(decision, reason);
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(ids === undefined ? {} : { policies: ids.map(policyNameOf) }),
    ...(typeof caller === 'string' ? { caller } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

function outcomeOf(decision: JsonValue | undefined, reason: JsonValue | undefined): Outcome | undefined {
  if (decision === 'ALLOW') return 'ALLOW';
  if (decision !== 'DENY') return undefined;
  return reason === EVALUATION_FAILED ? 'ERROR' : 'DENY';
}
