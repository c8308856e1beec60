import type { HandlerDependencies } from '../dependencies';
import { failure } from '../messages/messages';
import { REASONS } from '../messages/reasons';
import type { ResourceRequest } from '../request/request';
import { failedAs } from '../service/call-failure';
import { clientToken } from '../service/control-plane';
import type { ActualEngine, EngineApi, EngineRequest } from '../service/engine-api';
import type { ServiceCalls } from '../service/service-calls';
import { ACCEPTED_ATTEMPTS, CONFLICT_ATTEMPTS, TIMES } from '../timing';
import { isOwnEngine } from './engine-request';
import {
  actionOf,
  type EngineAction,
  enginesNamed,
  failureText,
  logEngine,
  shows,
  stillGoing,
  waitFor,
} from './engine-state';

/** Creations of an engine in one tick: one that fails may have failed for a reason that is over. */
const CREATIONS = 2;

/** Brings an engine to what is wanted: found, created, or created again after a creation that failed. */
export class EngineCreation {
  private made: EngineAction | undefined;
  private described: EngineAction | undefined;
  private creations = 0;
  private descriptions = 0;
  private conflicts = 0;
  private conflictSince = 0;
  private readonly gone: string[] = [];

  constructor(
    private readonly request: ResourceRequest,
    private readonly dependencies: HandlerDependencies,
    private readonly calls: ServiceCalls,
    private readonly api: EngineApi,
    private readonly wanted: EngineRequest,
  ) {}

  /** The engine, ACTIVE and as wanted, and whether it was there before this tick. */
  async run(): Promise<{ readonly engine: ActualEngine; readonly adopted: boolean }> {
    for (;;) {
      const engines = await enginesNamed(this.api, this.wanted.name, this.made?.id);
      const staying = engines.filter(({ status }) => status !== 'DELETING');
      const engine = staying.find((candidate) => isOwnEngine(this.dependencies.own, candidate)) ?? staying[0];
      const going = engines.find(({ status }) => status === 'DELETING');
      if (engine !== undefined) {
        if (await this.isReady(engine)) return { engine, adopted: this.made?.id !== engine.id };
      } else if (going !== undefined) {
        // It has the name until it is gone.
        waitFor(this.calls, this.wanted.name, stillGoing(going, this.calls.clock.now()));
      } else if (this.made === undefined || this.calls.clock.now() - this.made.at >= TIMES.consistency) {
        await this.create();
      }
      await this.calls.sleep(TIMES.enginePoll);
    }
  }

  private async create(): Promise<void> {
    const { name, encryptionKeyArn } = this.wanted;
    waitFor(this.calls, name, REASONS.notYet.reason);
    try {
      const token = clientToken(
        this.request.RequestId,
        name,
        encryptionKeyArn ?? '',
        this.made?.id ?? '',
        ...this.gone,
      );
      const created = await this.api.create(this.wanted, token);
      this.made = actionOf(created, this.calls);
      this.creations += 1;
      logEngine(this.dependencies, 'create engine', created);
    } catch (error) {
      if (!failedAs(error, 'conflict')) throw error;
      const now = this.calls.clock.now();
      if (this.conflicts === 0) this.conflictSince = now;
      this.conflicts += 1;
      waitFor(this.calls, name, error.message);
      if (this.conflicts >= CONFLICT_ATTEMPTS && now - this.conflictSince >= TIMES.nameConflict) {
        throw failure('ENGINE_NAME_REFUSED', { name, reason: error.message });
      }
    }
  }

  private async isReady(engine: ActualEngine): Promise<boolean> {
    const { name, encryptionKeyArn, description } = this.wanted;
    if (!isOwnEngine(this.dependencies.own, engine) && !this.isEdited) throw failure('ENGINE_NAME_TAKEN', { name });
    if (engine.encryptionKeyArn !== encryptionKeyArn) throw failure('ENGINE_KEY_CHANGED', { name });
    if (engine.status === 'CREATE_FAILED') {
      await this.clear(engine);
    } else if (engine.status === 'CREATING' || engine.status === 'UPDATING') {
      waitFor(this.calls, name, stillGoing(engine, this.calls.clock.now()));
    } else if (engine.status === 'ACTIVE' && engine.description === description) {
      return true;
    } else if (engine.status === 'UPDATE_FAILED' && shows(engine, this.described)) {
      throw failure('ENGINE_FAILED', { name, reason: failureText(engine) });
    } else if (engine.status === 'ACTIVE' && this.descriptions >= ACCEPTED_ATTEMPTS) {
      this.dependencies.log('warn', 'the service returns another description than it was given', { engine: engine.id });
      return true;
    } else if (this.described === undefined || this.calls.clock.now() - this.described.at >= TIMES.consistency) {
      await this.describe(engine);
    }
    return false;
  }

  /** Whether the engine is the one of this resource although its description says nothing of that: somebody edited it. */
  private get isEdited(): boolean {
    return this.request.RequestType === 'Update' && this.request.PhysicalResourceId === this.wanted.name;
  }

  /** Removes what is left of a failed creation. One of an earlier attempt says nothing about this one. */
  private async clear(engine: ActualEngine): Promise<void> {
    if (this.made?.id === engine.id && this.creations >= CREATIONS) {
      throw failure('ENGINE_FAILED', { name: this.wanted.name, reason: failureText(engine) });
    }
    waitFor(this.calls, this.wanted.name, failureText(engine));
    if (!this.gone.includes(engine.id)) this.gone.push(engine.id);
    if (this.made?.id === engine.id) this.made = undefined;
    await ignoringState(() => this.api.remove(engine.id));
    logEngine(this.dependencies, 'clear engine', engine);
  }

  private async describe(engine: ActualEngine): Promise<void> {
    waitFor(this.calls, this.wanted.name, failureText(engine));
    const answer = await ignoringState(() => this.api.describe(engine.id, this.wanted.description));
    if (answer === undefined) return;
    this.described = actionOf(answer, this.calls);
    this.descriptions += 1;
    logEngine(this.dependencies, 'update engine', engine);
  }
}

/** The answer of a call; undefined when the engine is busy or gone: the next look tells. */
async function ignoringState(call: () => Promise<ActualEngine>): Promise<ActualEngine | undefined> {
  try {
    return await call();
  } catch (error) {
    if (failedAs(error, 'conflict', 'missing')) return undefined;
    throw error;
  }
}
