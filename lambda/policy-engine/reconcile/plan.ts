import { LIMITS } from '../../../lib/contract/limits';
import { isLockName } from '../../../lib/contract/lock';
import { type ActualPolicy, type Failure, isInForce, type TargetPolicy } from '../policies/policy';
import { effectOf } from '../policies/statement';
import { bridgeOf, loosens, needsBridge } from './bridge';
import { isUpdate, type JudgeInput, judge, judgeRemoval, type Owner, type PolicyStep, type Verdict } from './judge';

/**
 * What a change does, part by part; a part begins when the one before has ended. Growth comes first, then what is not declared any more, so
 * that nothing is absent in between; and forbids are there before the permits that they restrict, and stay until those are gone, so that
 * nothing passes in between that neither set allows.
 */
export type Stage =
  | 'locks'
  | 'forbids'
  | 'permits'
  | 'oldPermits'
  | 'foreignPermits'
  | 'loosened'
  | 'oldForbids'
  | 'foreignForbids';

/** What somebody else made goes last, so that it is there as long as the change may fail and be rolled back. */
const REMOVAL: readonly Stage[] = ['oldPermits', 'loosened', 'oldForbids', 'foreignPermits', 'foreignForbids'];
const ORDER: readonly Stage[] = ['locks', 'forbids', 'permits', ...REMOVAL];
/** While no permit is in force, nothing passes, and the service can judge that a forbid alone denies everything. */
const ORDER_WITHOUT_PERMITS: readonly Stage[] = ['locks', 'permits', 'forbids', ...REMOVAL];

/** What to do now. */
export interface Plan {
  /** To be done at once, in any order. */
  readonly steps: readonly PolicyStep[];
  /** Policies that the service is still at work on, or whose reads do not show yet what was done. */
  readonly waitingFor: readonly string[];
  readonly failures: readonly Failure[];
  /** Policies that are not begun because of the failures. */
  readonly heldBack: readonly string[];
  /** Policies whose turn comes later. */
  readonly later: readonly string[];
  /** Policies that nobody declared and that are left alone. */
  readonly undeclared: readonly ActualPolicy[];
}

export interface PlanInput extends JudgeInput {
  readonly targets: readonly TargetPolicy[];
  readonly actual: readonly ActualPolicy[];
  /** Whether an undeclared policy is to go, and who made it. */
  readonly removal: (policy: ActualPolicy) => Owner | undefined;
  /** Whether this is the way back of a failed change. */
  readonly restoring: boolean;
}

/** Computes what to do from what is wanted and what is there. */
export function plan(input: PlanInput): Plan {
  const { actual, targets } = input;
  const board = new Board(actual.some((policy) => isInForce(policy) && effectOf(policy.statement) === 'permit'));
  const byName = newestByName(actual);
  const changing: Changing[] = [];
  for (const target of targets) {
    const policy = byName.get(target.name);
    const verdict = judge(input, target, policy);
    if (board.hasPermit && needsBridge(target, policy, verdict)) changing.push({ target, verdict });
    else board.file(stageOf(target, policy, verdict), target.name, verdict, target);
  }
  const names = new Set(targets.map(({ name }) => name));
  const others = actual.filter((policy) => !names.has(policy.name) || byName.get(policy.name) !== policy);
  const isPermit = (policy: ActualPolicy): boolean => effectOf(policy.statement) === 'permit';
  const undeclared = others.filter((policy) => !fileRemoval(input, board, policy, isPermit(policy)));
  bridge(input, board, byName, changing);
  return { ...board.read(input.restoring), undeclared };
}

/** A forbid in force that gets another statement. */
interface Changing {
  readonly target: TargetPolicy;
  readonly verdict: Verdict;
}

/** Puts a bridge beside each changing forbid while permits change, or changes the forbid at once where there can be none. */
function bridge(
  input: PlanInput,
  board: Board,
  byName: ReadonlyMap<string, ActualPolicy>,
  changing: readonly Changing[],
): void {
  const permitsChange = board.isOpen('permits', 'oldPermits');
  let room = LIMITS.policiesPerEngine - input.actual.length;
  for (const { target, verdict } of changing) {
    const bridging = bridgeOf(target);
    const there = byName.get(bridging.name);
    const needed = permitsChange && (there !== undefined || room > 0);
    const bridgeVerdict = needed ? judge(input, bridging, there) : undefined;
    // One that the service refuses is left out: why, is told when the forbid itself is changed.
    if (bridgeVerdict === undefined || isFailure(bridgeVerdict)) {
      board.file(permitsChange ? 'forbids' : 'loosened', target.name, verdict, target);
      continue;
    }
    if (there === undefined) room -= 1;
    board.withdraw(bridging.name);
    board.file('forbids', bridging.name, bridgeVerdict, bridging);
    board.file('loosened', target.name, verdict, target);
  }
}

/** Files the removal of a policy that is not declared. False when it is left alone. */
function fileRemoval(input: PlanInput, board: Board, policy: ActualPolicy, permit: boolean): boolean {
  const owner = input.removal(policy);
  if (owner === undefined) return false;
  const stage = owner === 'own' ? (permit ? 'oldPermits' : 'oldForbids') : permit ? 'foreignPermits' : 'foreignForbids';
  board.file(stage, policy.name, judgeRemoval(input, policy, owner));
  return true;
}

function isFailure(verdict: Verdict): verdict is { readonly reasons: readonly string[] } {
  return typeof verdict === 'object' && 'reasons' in verdict;
}

/** Where a declared policy's part belongs. What takes away from a forbid in force comes when the old permits are gone. */
function stageOf(target: TargetPolicy, policy: ActualPolicy | undefined, verdict: Verdict): Stage {
  if (isLockName(target.name)) return 'locks';
  if (isUpdate(verdict) && loosens(target, policy)) return 'loosened';
  return target.effect === 'permit' ? 'permits' : 'forbids';
}

/** The parts of a plan, before it is decided which are due. */
class Board {
  private readonly order: readonly Stage[];
  private readonly steps = new Map<Stage, PolicyStep[]>();
  private readonly waiting = new Map<Stage, string[]>();
  private readonly failures = new Map<Stage, Failure[]>();

  constructor(readonly hasPermit: boolean) {
    this.order = hasPermit ? ORDER : ORDER_WITHOUT_PERMITS;
  }

  file(stage: Stage, name: string, verdict: Verdict, target?: TargetPolicy): void {
    if (verdict === 'done') return;
    if (verdict === 'wait') push(this.waiting, stage, name);
    else if ('step' in verdict) push(this.steps, stage, verdict.step);
    else push(this.failures, stage, { name, reasons: verdict.reasons, ...(target && { target }) });
  }

  /** Takes back the removal of a policy that turns out to be needed. */
  withdraw(name: string): void {
    const stage: Stage = 'oldForbids';
    keep(this.steps, stage, (step) => step.name !== name);
    keep(this.waiting, stage, (waiting) => waiting !== name);
    keep(this.failures, stage, (failure) => failure.name !== name);
  }

  isOpen(...stages: readonly Stage[]): boolean {
    return stages.some((stage) => this.steps.has(stage) || this.waiting.has(stage));
  }

  /**
   * After a failure, the part that it is in is brought to its end, so that all its failures come at once, and nothing after it is begun: what
   * is missing now restricts that. On the way back the permits that the failed change brought go in any case.
   */
  read(restoring: boolean): Omit<Plan, 'undeclared'> {
    const failed = this.order.findIndex((stage) => this.failures.has(stage));
    const isDue = (stage: Stage, index: number): boolean =>
      failed === -1 || index <= failed || (restoring && stage === 'oldPermits');
    const due = this.order.filter(isDue);
    const now = due.find((stage) => this.isOpen(stage));
    const names = (stages: readonly Stage[]): string[] =>
      stages.flatMap((stage) => [
        ...(this.waiting.get(stage) ?? []),
        ...(this.steps.get(stage) ?? []).map(({ name }) => name),
      ]);
    return {
      steps: (now && this.steps.get(now)) ?? [],
      waitingFor: (now && this.waiting.get(now)) ?? [],
      failures: this.order.flatMap((stage) => this.failures.get(stage) ?? []),
      heldBack: names(this.order.filter((stage, index) => !isDue(stage, index))),
      later: names(due.filter((stage) => stage !== now)),
    };
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function keep<T>(map: Map<Stage, T[]>, stage: Stage, filter: (item: T) => boolean): void {
  const kept = map.get(stage)?.filter(filter) ?? [];
  if (kept.length > 0) map.set(stage, kept);
  else map.delete(stage);
}

/** Names are unique, but a policy that is going and its successor may both be in a read. */
function newestByName(actual: readonly ActualPolicy[]): Map<string, ActualPolicy> {
  const byName = new Map<string, ActualPolicy>();
  for (const policy of actual) {
    const other = byName.get(policy.name);
    const newer =
      other === undefined ||
      other.status === 'DELETING' ||
      (policy.status !== 'DELETING' && policy.createdAt > other.createdAt);
    if (newer) byName.set(policy.name, policy);
  }
  return byName;
}
