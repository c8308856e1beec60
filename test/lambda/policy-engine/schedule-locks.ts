import { readLock } from '../../../lib/contract/lock';
import { ApiError } from '../../doubles/control-plane/options';
import type { PolicyView } from '../../doubles/control-plane/policy-store';
import { GATEWAY_ID, type Scenario } from './scenario';

const TEN_YEARS = 10 * 365 * 24 * 3_600_000;

interface Order {
  readonly name: string;
  readonly statement: string;
  /** Whether it was given before the deployment or deletion began. */
  isOld: boolean;
}

/** Locks that people place and lift past the stack, and whether they are kept. */
export class LockOrders {
  private orders: Order[] = [];
  private placed = 0;
  /** Statements of locks that were lifted while nothing moved. */
  private lifted: string[] = [];

  constructor(private readonly scenario: Scenario) {}

  /** A deployment or deletion begins. */
  begin(): void {
    for (const order of this.orders) order.isOld = true;
    this.lifted = [];
  }

  /** The engine is gone, and its locks with it. */
  forget(): void {
    this.orders = [];
  }

  /** In the engine that the gateway asks. Nothing when there is none, or when it is at work. */
  place(): void {
    const { controlPlane, clock } = this.scenario;
    const asked = this.askedEngine;
    if (asked === undefined) return;
    this.placed += 1;
    const [start, caller] = [clock.now(), `caller-${this.placed}`];
    try {
      const name = this.scenario.lock(
        { scope: { kind: 'caller', name: caller }, start, end: start + TEN_YEARS },
        asked,
      );
      const statement = controlPlane.policies.current(asked).find((view) => view.name === name)?.statement ?? '';
      this.orders.push({ name, statement, isOld: false });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** The oldest lock, wherever it is. @param moves Whether a change that moves it may not have heard of that */
  lift(moves: boolean): void {
    const order = this.orders.shift();
    if (order === undefined) return;
    const { policies } = this.scenario.controlPlane;
    for (const { policyId, statement } of policies.current()) {
      if (statement === order.statement) policies.tamper(policyId, undefined);
    }
    if (!moves) this.lifted.push(order.statement);
  }

  /** What must hold at every moment: where a permit is in force, every lock of before is. */
  watch(): void {
    const there = this.asked();
    // What somebody adds while the engine is on its way out comes after the locks that went with it.
    const opens = there.some(
      ({ name, statement, status }) =>
        !name.startsWith('added_') && statement.startsWith('permit') && isInForce(status),
    );
    if (opens) this.expectAll(there, ({ isOld }) => isOld);
  }

  /** What must hold at the end. */
  check(): void {
    const there = this.asked();
    const back = there.find(({ statement }) => this.lifted.includes(statement));
    expectThat(back === undefined, `lock ${back?.name} is back`);
    if (this.askedEngine !== undefined) this.expectAll(there, () => true);
  }

  private expectAll(there: readonly PolicyView[], isAsked: (order: Order) => boolean): void {
    const inForce = new Set(
      there.flatMap((view) =>
        readLock(view) && (isInForce(view.status) || view.status === 'CREATING') ? [view.statement] : [],
      ),
    );
    const lost = this.orders.find((order) => isAsked(order) && !inForce.has(order.statement));
    expectThat(lost === undefined, `lock ${lost?.name} is lost`);
  }

  private asked(): readonly PolicyView[] {
    const asked = this.askedEngine;
    return asked === undefined ? [] : this.scenario.controlPlane.policies.current(asked);
  }

  private get askedEngine(): string | undefined {
    const { gateways, engines } = this.scenario.controlPlane;
    const arn = gateways.get(GATEWAY_ID)?.policyEngineConfiguration?.arn;
    return engines.current().find(({ policyEngineArn, status }) => policyEngineArn === arn && status === 'ACTIVE')
      ?.policyEngineId;
  }
}

function isInForce(status: string): boolean {
  return ['ACTIVE', 'UPDATING', 'UPDATE_FAILED', 'DELETE_FAILED'].includes(status);
}

/** Throws when a promise is broken. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`);
}
