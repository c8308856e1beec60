import { createHash } from 'node:crypto';
import { quote, unquote } from './cedar-string';
import { tokens } from './cedar-tokens';
import { IAM_ENTITY, OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from './claims';
import type { PolicyEnforcement, ValidationMode } from './decision';
import { isJsonObject } from './json';
import { GATEWAY_ARN_PATTERN, LIMITS } from './limits';

/** What a lock stops: every call, the calls of one tool or of one target's tools, or the calls of one caller. */
export type LockScope =
  | { readonly kind: 'all' }
  /** `name` is the tool's as clients see it, such as `Claims___query_claims`. */
  | { readonly kind: 'tool'; readonly name: string }
  | { readonly kind: 'target'; readonly name: string }
  /** `name` is the `sub` of the token, or the caller's ARN without session name. */
  | { readonly kind: 'caller'; readonly name: string };

/** An order to deny calls for a while, which a person gives past the stack. */
export interface Lock {
  readonly gatewayArn: string;
  /** Entity type of the gateway's callers. */
  readonly callers: Principal['type'];
  readonly scope: LockScope;
  /** 1 to {@link LOCK_REASON_MAX_LENGTH} characters. */
  readonly reason: string;
  /** When it was given. Milliseconds since the epoch, of which whole seconds count. */
  readonly start: number;
  /** When it stops to deny. Milliseconds since the epoch, of which whole seconds count. */
  readonly end: number;
}

/** A lock as it is on the service. What only the description says is missing where somebody edited that. */
export type FoundLock = Omit<Lock, 'reason' | 'start'> & Partial<Pick<Lock, 'reason' | 'start'>>;

/** A lock as it is sent to the service. */
export interface LockPolicy {
  readonly name: string;
  readonly description: string;
  readonly statement: string;
  readonly validationMode: ValidationMode;
  readonly enforcementMode: PolicyEnforcement;
}

/** A description has room for this many characters, each of which may take six in JSON. */
export const LOCK_REASON_MAX_LENGTH = 500;

/**
 * The policy that is a lock: a forbid of one form, which ends by itself. Findings of the service's own analysis do not stop it: that it denies
 * everything is meant. Throws a RangeError for an order that no such policy can carry.
 */
export function lockPolicy({ gatewayArn, callers, scope, reason, start, end }: Lock): LockPolicy {
  if (!GATEWAY_ARN_PATTERN.test(gatewayArn)) throw new RangeError('the gateway has no ARN');
  if (reason.trim() === '' || reason.length > LOCK_REASON_MAX_LENGTH) {
    throw new RangeError(`a reason has 1 to ${LOCK_REASON_MAX_LENGTH} characters`);
  }
  if (scope.kind === 'caller' && callers === UNAUTHENTICATED_USER) {
    throw new RangeError('a gateway without authorization cannot tell callers apart');
  }
  // A half of a surrogate pair would be another character on its way.
  if (scope.kind !== 'all' && (scope.name === '' || /\p{Surrogate}/u.test(scope.name))) {
    throw new RangeError(`the ${scope.kind} has no name`);
  }
  const [from, until] = [timeText(start), timeText(end)];
  if (from >= until) throw new RangeError('a lock ends at least a second after it begins');
  const statement = statementOf({ gatewayArn, callers, scope, until });
  if (Buffer.byteLength(statement) > LIMITS.statementMaxBytes) {
    throw new RangeError(`the ${scope.kind} has a name that is too long for a statement`);
  }
  return {
    name: lockName(gatewayArn, scope.kind, scope.kind === 'all' ? '' : scope.name, from),
    description: JSON.stringify({ lock: scope.kind, from, until, reason }),
    statement,
    validationMode: 'IGNORE_ALL_FINDINGS',
    enforcementMode: 'ACTIVE',
  };
}

/** The name of a lock: the same for the same parts, and for no others. */
export function lockName(...parts: readonly string[]): string {
  return `lock_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)}`;
}

/** Whether a name is one of {@link lockName}. No declared policy has such a name. */
export function isLockName(name: string): boolean {
  return /^lock_[0-9a-f]{24}$/.test(name);
}

/** A policy as a read of the service shows it. */
export interface ReadPolicy {
  readonly name: string;
  readonly statement: string;
  readonly description?: string | undefined;
}

/**
 * The lock that a policy of the service is; undefined for any other policy. Name and statement decide, and the statement says what is denied
 * until when, whatever the description says. White space and comments may have changed on the way, and escapes in strings.
 */
export function readLock({ name, statement, description }: ReadPolicy): FoundLock | undefined {
  if (!isLockName(name)) return undefined;
  const written = canonical(statement);
  const strings = tokens(statement).flatMap(({ kind, text }) => (kind === 'string' ? [unquote(text)] : []));
  const [first = '', second = '', third] = strings;
  const [gatewayArn, until] = third === undefined ? [first, second] : [second, third];
  const end = Date.parse(until);
  if (Number.isNaN(end)) return undefined;
  for (const scope of scopesOf(third === undefined ? undefined : first)) {
    for (const callers of [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER] as const) {
      const found = { gatewayArn, callers, scope };
      if (written === canonical(statementOf({ ...found, until }))) return { ...found, end, ...described(description) };
    }
  }
  return undefined;
}

function scopesOf(name: string | undefined): readonly LockScope[] {
  if (name === undefined) return [{ kind: 'all' }];
  return (['tool', 'target', 'caller'] as const).map((kind) => ({ kind, name }));
}

/** What a description of {@link lockPolicy} says beside the statement. */
function described(description = ''): Pick<FoundLock, 'reason' | 'start'> {
  try {
    const said: unknown = JSON.parse(description);
    const { from, reason } = isJsonObject(said) ? said : {};
    const start = typeof from === 'string' ? Date.parse(from) : Number.NaN;
    return { ...(typeof reason === 'string' && { reason }), ...(!Number.isNaN(start) && { start }) };
  } catch {
    return {};
  }
}

/**
 * A lock's statement. The principal is typed, because the service judges a forbid for every type of principal overly restrictive; callers of a
 * gateway without authorization are of a type that the service takes in no policy.
 */
function statementOf({
  gatewayArn,
  callers,
  scope,
  until,
}: Omit<Lock, 'reason' | 'start' | 'end'> & { until: string }) {
  const entity = (type: string, id: string): string => `${type}::${quote(id)}`;
  const is = callers === UNAUTHENTICATED_USER ? '' : ` is ${callers}`;
  const principal = scope.kind === 'caller' ? ` == ${entity(callers, scope.name)}` : is;
  const relation = { all: undefined, caller: undefined, tool: '==', target: 'in' }[scope.kind];
  const action = scope.kind === 'all' || relation === undefined ? '' : ` ${relation} ${entity(ACTION, scope.name)}`;
  return `forbid(
  principal${principal},
  action${action},
  resource == ${entity(GATEWAY, gatewayArn)}
) when {
  context.system.now < datetime(${quote(until)})
};`;
}

const ACTION = 'AgentCore::Action';
const GATEWAY = 'AgentCore::Gateway';

/** What Cedar reads: tokens with one blank between them, and strings written in one way. */
function canonical(statement: string): string {
  return tokens(statement)
    .map(({ kind, text }) => (kind === 'string' ? quote(unquote(text)) : text))
    .join(' ');
}

/** A time in Cedar's form, to the second. */
function timeText(time: number): string {
  const text = Number.isFinite(time) && Math.abs(time) <= MAX_TIME ? new Date(time).toISOString() : '';
  if (!/^\d{4}-/.test(text)) throw new RangeError('a time lies between the years 0 and 9999');
  return text.replace(/\.\d{3}Z$/, 'Z');
}

/** The last time of JavaScript. */
const MAX_TIME = 8.64e15;
