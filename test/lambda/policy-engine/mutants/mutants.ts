/** A fault that somebody could make in `lambda/policy-engine`, or in what it compares by, and that its tests must notice. */
export interface Mutant {
  readonly file: string;
  /** Stands in the file once. */
  readonly from: string;
  readonly to: string;
}

const mutant = (file: string, from: string, to: string): Mutant => ({
  file: `lambda/policy-engine/${file}.ts`,
  from,
  to,
});

/** Of the comparison that the handlers share with others. */
const statement = (from: string, to: string): Mutant => ({ file: 'lib/contract/statement.ts', from, to });

export const MUTANTS: readonly Mutant[] = [
  // Statements.
  statement(
    'one === other || canonicalStatement(one) === canonicalStatement(other)',
    'canonicalStatement(one).length === canonicalStatement(other).length',
  ),
  statement(".join(' ')", ".join('').replace(/\\s/g, '')"),
  mutant('policies/statement', "all[index - 1]?.text !== '@'", 'true'),
  // Whom the functions serve.
  mutant('request/own', 'StackId === own.stackId && ', ''),
  mutant('request/own', ' && own.logicalIds.includes(LogicalResourceId)', ''),
  mutant(
    'request/own',
    "if (!own.isEngine(policyEngineId)) throw failure('ENGINE_FOREIGN', { engine: policyEngineId });",
    '',
  ),
  mutant('set/set-properties', '!own.isGateway(gatewayArn) || ', ''),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is text of the source.
  mutant('set/set-properties', ' || !gatewayArn.endsWith(`/${gatewayIdentifier}`)', ''),
  mutant('set/document', "if (!key.startsWith(prefix)) throw failure('DOCUMENT_FOREIGN', { key });", ''),
  mutant('set/document', "if (documentHash(text) !== hash) throw failure('DOCUMENT_CHANGED', { key });", ''),
  mutant('policies/ownership', ' && signature.name === policy.name', ''),
  mutant('policies/ownership', 'signature?.marker === marker && signature.name', 'signature?.name'),
  // ServiceCalls and their time.
  mutant(
    'service/service-calls',
    'await this.clock.sleep(Math.min(milliseconds, left));',
    'await this.clock.sleep(milliseconds);',
  ),
  mutant('service/service-calls', 'return await Promise.race([answer, silence]);', 'return await answer;'),
  mutant('service/service-calls', "if (kind === 'throttled') rateLimiter?.slower();", ''),
  mutant(
    'service/service-calls',
    "kind !== 'throttled' && kind !== 'unanswered' && kind !== 'denied'",
    "kind !== 'throttled' && kind !== 'denied'",
  ),
  mutant('service/service-calls', 'this.clock.now() - this.changeStarted < TIMES.rights', 'false'),
  mutant(
    'service/service-calls',
    'throw limit < TIMES.call ? new OutOfTime() : new Unanswered',
    'throw new Unanswered',
  ),
  mutant(
    'service/call-failure',
    "if (status === 402 || name === 'ServiceQuotaExceededException') return 'quota';",
    "if (status === 402) return 'throttled';",
  ),
  mutant(
    'handler',
    'if (dependencies.clock.now() < calls.changeEnds) return { IsComplete: false };',
    'return { IsComplete: false };',
  ),
  mutant('handler', 'Math.max(remaining / 2, remaining - TIMES.margin)', 'remaining + TIMES.margin'),
  // What is to be done about one policy.
  mutant(
    'reconcile/judge',
    'if (journal.isStale(name, policy, now) || journal.isPausing(name, now)) return',
    'if (journal.isPausing(name, now)) return',
  ),
  mutant('reconcile/judge', 'if (!input.mayOverwrite(policy)) return { reasons: [REASONS.foreignName.reason] };', ''),
  mutant(
    'reconcile/judge',
    'return attemptOf(policy) > 1 ? { reasons: [stillText(policy, now)] } : clear;',
    'return clear;',
  ),
  mutant(
    'reconcile/judge',
    "if (policy.status !== 'CREATING') return update;",
    "if (policy.status !== 'CREATING') return 'wait';",
  ),
  mutant('reconcile/judge', 'triedNow && !(input.rightsMayBeNew && isPassing(policy.reasons))', 'triedNow'),
  mutant('reconcile/judge', 'policy.enforcementMode === target.enforcementMode &&', ''),
  mutant('reconcile/judge', 'isSignedAs(marker, target, policy) &&', ''),
  mutant('reconcile/journal', 'conflict.attempts >= CONFLICT_ATTEMPTS && now - conflict.since', 'now - conflict.since'),
  mutant('reconcile/journal', '(before?.attempts ?? 0) + (alone ? 1 : 0)', '(before?.attempts ?? 0) + 1'),
  mutant('reconcile/journal', 'if (read === undefined || read.policyId !== action.policyId) return true;', ''),
  // The order of a change.
  mutant(
    'reconcile/plan',
    "const ORDER: readonly Stage[] = ['locks', 'forbids', 'permits', ...REMOVAL];",
    "const ORDER: readonly Stage[] = ['locks', 'permits', 'forbids', ...REMOVAL];",
  ),
  mutant(
    'reconcile/plan',
    "const ORDER_WITHOUT_PERMITS: readonly Stage[] = ['locks', 'permits', 'forbids', ...REMOVAL];",
    'const ORDER_WITHOUT_PERMITS = ORDER;',
  ),
  mutant('reconcile/plan', "if (isUpdate(verdict) && loosens(target, policy)) return 'loosened';", ''),
  mutant(
    'reconcile/plan',
    'const needed = permitsChange && (there !== undefined || room > 0);',
    'const needed = false;',
  ),
  mutant('reconcile/plan', 'failed === -1 || index <= failed ||', 'true ||'),
  mutant('reconcile/plan', "(restoring && stage === 'oldPermits')", 'false'),
  mutant('reconcile/reconcile', 'oneAtATime = isOneAtATime(next.steps, journal);', ''),
  mutant('reconcile/reconcile', 'if (next.failures.length > 0 || unseen <= 0) return next;', 'return next;'),
  mutant('reconcile/reconcile', 'await goal.beforeChange?.();', ''),
  // Ways back and removals.
  mutant(
    'set/previous-set',
    "if (previous === undefined) return 'unknown';",
    "if (previous === undefined) return 'previous';",
  ),
  mutant('set/policy-set', '|| isKnown(policy),', ','),
  mutant('set/policy-set', "&& (request.InForce ?? 'previous') === 'previous';", ';'),
  mutant('set/set-failure', 'if (failures.length === 0) return', 'if (failures.length >= 0) return'),
  mutant('set/set-failure', '|| isBridgeName(policy.name)', ''),
  mutant('set/set-failure', "|| (owner === 'foreign' && isBrought(policy))", ''),
  mutant('messages/render-failures', 'return told.length > 0 ? told : [REASONS.unexplained.reason];', 'return told;'),
  mutant(
    'set/previous-set',
    "left.every((policy) => wanted.some((target) => isSameContent(target, policy))) ? 'next' : 'previous'",
    "'previous'",
  ),
  // Locks.
  mutant('set/policy-set', 'if (readLock(policy) !== undefined) return undefined;', ''),
  mutant(
    'set/document',
    "if (RESERVED_POLICY_NAME_PATTERN.test(name)) throw failure('POLICY_NAME_RESERVED', { name });",
    '',
  ),
  mutant('set/set-removal', 'await bringLocks(request, dependencies, calls, engineId);', ''),
  mutant('set/moved-locks', 'lock.gatewayArn === gatewayArn && ', ''),
  mutant('set/moved-locks', 'lock.end > now && ', ''),
  mutant('set/moved-locks', "policy.status !== 'CREATE_FAILED' && ", ''),
  mutant('set/moved-locks', 'other.name !== name && ', ''),
  mutant('set/moved-locks', 'name: lockName(engineId, name),', 'name,'),
  mutant('reconcile/plan', "if (isLockName(target.name)) return 'locks';", ''),
  mutant('policies/ownership', "if (isLockName(policy.name)) return policy.description ?? '';", ''),
  mutant('engine/engine-removal', 'left.every((policy) => isLockName(policy.name))', 'true'),
  // The engine.
  mutant('engine/engine-creation', "throw failure('ENGINE_NAME_TAKEN', { name });", 'return true;'),
  mutant(
    'engine/engine-creation',
    "engine.status === 'UPDATE_FAILED' && shows(engine, this.described)",
    "engine.status === 'UPDATE_FAILED'",
  ),
  mutant('engine/engine-creation', 'this.made?.id === engine.id && this.creations >= CREATIONS', 'true'),
  mutant(
    'engine/left-over',
    "const key = foreign.length > 0 ? 'ENGINE_HOLDS_FOREIGN' : 'ENGINE_HOLDS_OWN';",
    "const key = 'ENGINE_HOLDS_FOREIGN';",
  ),
  mutant(
    'engine/engine-removal',
    'const unseen = seen ? 0 : TIMES.lookBack - (now - started);',
    'const unseen: number = 0;',
  ),
  mutant('engine/engine-tags', "RequestType === 'Create' ? !key.startsWith('aws:') : key in old", 'key in old'),
  mutant('service/engine-api', 'nextToken = page.nextToken;', 'nextToken = undefined;'),
];
