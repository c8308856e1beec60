import { createHash } from 'node:crypto';
import type { EnforcementMode } from '../../contract/decision';
import { type DeployedLock, deployedLocks } from '../../contract/drift/compare-policies';
import { readPolicies, type Send } from '../../contract/drift/read-deployed';
import { textMember } from '../../contract/drift/text-member';
import { gatewayUpdate } from '../../contract/gateway-update';
import type { JsonObject } from '../../contract/json';
import { type Lock, lockPolicy } from '../../contract/lock';
import { GovernanceError } from '../../diagnostics/governance-error';
import { unlessMissing } from '../unless-missing';

/** A gateway whose calls can be stopped. */
export interface LockableGateway {
  readonly gatewayId: string;
  readonly gatewayArn: string;
  readonly policyEngineId: string;
}

/** Time as the commands see it, in milliseconds. */
export interface Waiting {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** A change that takes longer than this is reported as open. */
const PATIENCE = 60_000;
/** Between two looks at it, at first and at most: a lock is in force a moment after it was ordered, and somebody waits for it. */
const FIRST_INTERVAL = 200;
const LONGEST_INTERVAL = 1_600;

/** Locks and unlocks a gateway by the control plane, without a deployment. */
export class Locks {
  constructor(
    private readonly gateway: LockableGateway,
    private readonly send: Send,
    private readonly waiting: Waiting,
  ) {}

  async list(): Promise<DeployedLock[]> {
    const { gatewayArn, policyEngineId } = this.gateway;
    return deployedLocks(await readPolicies(this.send, policyEngineId), gatewayArn, this.waiting.now());
  }

  /**
   * Creates a lock and waits until it is in force. Throws `LOCK_REFUSED` when the service refuses it, after it took away what was left, and
   * `LOCK_OPEN` when it did not settle in time: then it stays.
   */
  async add(lock: Lock): Promise<string> {
    const { policyEngineId } = this.gateway;
    const { name, statement, ...content } = lockPolicy(lock);
    const clientToken = createHash('sha256').update(`${name}\n${statement}\n${content.description}`).digest('hex');
    const definition = { cedar: { statement } };
    const answer = await this.send('CreatePolicy', { policyEngineId, name, definition, ...content, clientToken });
    const { policyId = '' } = answer as { policyId?: string };
    const policy = await this.settled('GetPolicy', { policyEngineId, policyId }, 'CREATING');
    if (policy?.['status'] === 'ACTIVE') return policyId;
    const { statusReasons: reasons = [] } = (policy ?? {}) as { readonly statusReasons?: readonly string[] };
    const reason = reasons.length > 0 ? reasons.join('; ') : 'it gives no reason';
    if (policy !== undefined) await this.remove(policyId);
    throw GovernanceError.of('LOCK_REFUSED', { reason });
  }

  /** Removes a lock and waits until it is gone. Does nothing when it is. Throws `LOCK_OPEN`. */
  async remove(policyId: string): Promise<void> {
    const input = { policyEngineId: this.gateway.policyEngineId, policyId };
    if ((await unlessMissing(this.send('DeletePolicy', input))) === undefined) return;
    const left = await this.settled('GetPolicy', input, 'DELETING');
    if (left !== undefined)
      throw GovernanceError.of('LOCK_OPEN', { policy: policyId, status: textMember(left, 'status') });
  }

  async mode(): Promise<EnforcementMode> {
    const { policyEngineConfiguration } = (await this.read()) as { policyEngineConfiguration?: { mode?: string } };
    return policyEngineConfiguration?.mode === 'ENFORCE' ? 'ENFORCE' : 'LOG_ONLY';
  }

  /** Has the gateway enforce its policies, by an update that keeps everything else. Throws `LOCK_OPEN` and `LOCK_ENGINE_DETACHED`. */
  async enforce(): Promise<void> {
    const { gatewayId } = this.gateway;
    const gateway = await this.read();
    const attached = gateway['policyEngineConfiguration'] as JsonObject | undefined;
    if (attached === undefined) throw GovernanceError.of('LOCK_ENGINE_DETACHED', { gateway: gatewayId });
    const policyEngineConfiguration = { ...attached, mode: 'ENFORCE' };
    await this.send('UpdateGateway', gatewayUpdate(gateway, { policyEngineConfiguration }));
    const after = await this.settled('GetGateway', { gatewayIdentifier: gatewayId }, 'UPDATING');
    if (after?.['status'] === 'READY' && (await this.mode()) === 'ENFORCE') return;
    throw GovernanceError.of('LOCK_OPEN', { policy: gatewayId, status: textMember(after ?? {}, 'status') });
  }

  private async read(): Promise<JsonObject> {
    return (await this.send('GetGateway', { gatewayIdentifier: this.gateway.gatewayId })) as JsonObject;
  }

  /** What a read gives when a status is over; undefined when the thing is gone. Throws `LOCK_OPEN`. */
  private async settled(operation: string, input: JsonObject, passing: string): Promise<JsonObject | undefined> {
    const { now, sleep } = this.waiting;
    const end = now() + PATIENCE;
    for (let interval = FIRST_INTERVAL; ; interval = Math.min(2 * interval, LONGEST_INTERVAL)) {
      const found = (await unlessMissing(this.send(operation, input))) as JsonObject | undefined;
      if (found?.['status'] !== passing) return found;
      if (now() >= end) {
        throw GovernanceError.of('LOCK_OPEN', {
          policy: textMember(input, 'policyId') || this.gateway.gatewayId,
          status: passing,
        });
      }
      await sleep(interval);
    }
  }
}
