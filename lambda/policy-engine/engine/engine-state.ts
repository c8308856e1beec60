import type { HandlerDependencies } from '../dependencies';
import { REASONS } from '../messages/reasons';
import type { ActualEngine, EngineApi } from '../service/engine-api';
import type { ServiceCalls } from '../service/service-calls';

/** Every engine of a name, those that are going included. Lists may be older than what this tick made, whose id it knows. */
export async function enginesNamed(api: EngineApi, name: string, knownId?: string): Promise<ActualEngine[]> {
  const ids = new Set(await api.idsByName(name));
  if (knownId !== undefined) ids.add(knownId);
  return (await Promise.all([...ids].map((id) => api.get(id)))).filter((engine) => engine !== undefined);
}

/** What this tick did to an engine, as the service answered it. */
export interface EngineAction {
  readonly id: string;
  readonly at: number;
  /** The service's own time of the change. */
  readonly updatedAt: number;
}

export function actionOf(engine: ActualEngine, calls: ServiceCalls): EngineAction {
  return { id: engine.id, at: calls.clock.now(), updatedAt: engine.updatedAt };
}

/** Whether a read of an engine shows what came of an action: not a state of before, which an earlier attempt may have left. */
export function shows(engine: ActualEngine, action: EngineAction | undefined): boolean {
  return action?.id === engine.id && engine.updatedAt >= action.updatedAt;
}

/** Why an engine failed, in the service's words where it has some. */
export function failureText({ reasons }: ActualEngine): string {
  const told = reasons.filter((reason) => reason.trim() !== '');
  return told.join('; ') || REASONS.unexplained.reason;
}

/** Notes what an engine is waited for, in case that the time for the whole change ends. */
export function waitFor(calls: ServiceCalls, name: string, reason: string): void {
  calls.open = [{ name, reasons: [reason] }];
}

/** How long an engine has been on its way. */
export function stillGoing({ status, createdAt, updatedAt }: ActualEngine, now: number): string {
  return `${REASONS.stuck.reason} ${status} after ${Math.round((now - Math.max(createdAt, updatedAt)) / 1000)} s`;
}

export function logEngine(dependencies: HandlerDependencies, operation: string, engine: ActualEngine): void {
  dependencies.log('info', operation, { engine: engine.id, status: engine.status });
}
