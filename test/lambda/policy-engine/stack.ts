import type { JsonObject } from '../../../lib/contract/json';
import type { Outcome, Provider } from './provider';

/** A custom resource of a template, as its properties become when what it depends on is there. */
export interface ResourceTemplate {
  readonly type: string;
  readonly properties: (attributes: Attributes) => JsonObject;
  /** DeletionPolicy and UpdateReplacePolicy Retain. */
  readonly retain?: boolean;
}

/** Resources by logical id, in the order of their dependencies. */
export type Template = { readonly [logicalId: string]: ResourceTemplate };

/** Attributes of the resources that are there, by logical id. */
export type Attributes = { readonly [logicalId: string]: { readonly [name: string]: string } };

interface Deployed {
  readonly type: string;
  readonly physicalId: string;
  readonly properties: JsonObject;
  readonly retain: boolean;
  readonly data: { readonly [name: string]: string };
}

export interface StackOptions {
  /** Called after each resource that was created or updated, so that native resources can be played in between. */
  readonly afterEach?: (logicalId: string, data: { readonly [name: string]: string }) => void;
  /** Called when a resource of a deployment failed, before anything is rolled back. */
  readonly afterFailure?: (logicalId: string, reason: string) => void;
  /** Whether CloudFormation keeps the new physical id of an update that failed. */
  readonly failedUpdateKeepsNewId?: boolean;
}

/** What CloudFormation ended with. */
export interface DeployResult {
  readonly status: 'COMPLETE' | 'ROLLED_BACK' | 'ROLLBACK_FAILED' | 'DELETE_FAILED';
  /** Reasons of all resources that failed. */
  readonly reasons: readonly string[];
}

/** Drives custom resources through the events that CloudFormation sends for a stack: deploy, roll back, clean up, delete. */
export class Stack {
  readonly resources = new Map<string, Deployed>();
  /** What a rollback that failed has not cleaned up: the next operation that succeeds does. */
  private readonly uncleaned: (readonly [string, Deployed])[] = [];
  /** Logical ids in the order of their dependencies. */
  private readonly order: string[] = [];

  constructor(
    private readonly provider: Provider,
    private readonly options: StackOptions = {},
  ) {}

  /** Creates or updates the stack. */
  async deploy(template: Template): Promise<DeployResult> {
    this.order.push(...Object.keys(template).filter((logicalId) => !this.order.includes(logicalId)));
    const before = new Map(this.resources);
    const replaced: (readonly [string, Deployed])[] = [];
    for (const [logicalId, wanted] of Object.entries(template)) {
      const current = this.resources.get(logicalId);
      const properties = wanted.properties(this.attributes());
      if (current !== undefined && JSON.stringify(current.properties) === JSON.stringify(properties)) continue;
      const outcome = await this.put(logicalId, wanted, properties);
      if (!outcome.ok) this.options.afterFailure?.(logicalId, outcome.reason);
      if (!outcome.ok) return this.rollBack(before, logicalId, outcome, wanted, properties);
      if (current !== undefined && current.physicalId !== outcome.physicalId) replaced.push([logicalId, current]);
    }
    const removed = [...this.resources].filter(([logicalId]) => !(logicalId in template));
    for (const [logicalId] of removed) this.resources.delete(logicalId);
    return { status: 'COMPLETE', reasons: await this.cleanUp([...replaced, ...removed]) };
  }

  /** Deletes the stack. A resource that cannot be deleted stops it. */
  async destroy(): Promise<DeployResult> {
    for (const [logicalId, resource] of [...this.resources].reverse()) {
      const outcome = await this.remove(logicalId, resource);
      if (outcome?.ok === false) return { status: 'DELETE_FAILED', reasons: [outcome.reason] };
      this.resources.delete(logicalId);
    }
    return { status: 'COMPLETE', reasons: [] };
  }

  private async put(logicalId: string, wanted: ResourceTemplate, properties: JsonObject): Promise<Outcome> {
    const current = this.resources.get(logicalId);
    const shared = { ResourceType: wanted.type, LogicalResourceId: logicalId, ResourceProperties: properties };
    const outcome = await this.provider.run(
      current === undefined
        ? { ...shared, RequestType: 'Create' }
        : {
            ...shared,
            RequestType: 'Update',
            PhysicalResourceId: current.physicalId,
            OldResourceProperties: current.properties,
          },
    );
    if (outcome.ok) {
      const { physicalId, data } = outcome;
      this.resources.set(logicalId, {
        type: wanted.type,
        physicalId,
        properties,
        retain: wanted.retain === true,
        data,
      });
      this.options.afterEach?.(logicalId, data);
    }
    return outcome;
  }

  private async rollBack(
    before: ReadonlyMap<string, Deployed>,
    failedId: string,
    failure: Outcome & { readonly ok: false },
    wanted: ResourceTemplate,
    properties: JsonObject,
  ): Promise<DeployResult> {
    const reasons = [failure.reason];
    const current = this.resources.get(failedId);
    const keepsId = current !== undefined && this.options.failedUpdateKeepsNewId !== true;
    const physicalId = keepsId ? current.physicalId : failure.physicalId;
    const failed = { type: wanted.type, physicalId, properties, retain: false, data: current?.data ?? {} };
    this.resources.set(failedId, failed);
    const obsolete: (readonly [string, Deployed])[] = [];
    if (keepsId && failure.physicalId !== physicalId) {
      obsolete.push([failedId, { ...failed, physicalId: failure.physicalId }]);
    }
    for (const [logicalId, resource] of [...this.resources]) {
      const old = before.get(logicalId);
      if (old === undefined || old === resource) continue;
      const template = { type: old.type, properties: () => old.properties, retain: old.retain };
      const outcome = await this.put(logicalId, template, old.properties);
      if (!outcome.ok) {
        this.uncleaned.push(...obsolete);
        return { status: 'ROLLBACK_FAILED', reasons: [...reasons, outcome.reason] };
      }
      if (outcome.physicalId !== resource.physicalId) obsolete.push([logicalId, resource]);
    }
    const created = [...this.resources].filter(([logicalId]) => !before.has(logicalId));
    for (const [logicalId] of created) this.resources.delete(logicalId);
    reasons.push(...(await this.cleanUp([...created, ...obsolete])));
    return { status: 'ROLLED_BACK', reasons };
  }

  /** CloudFormation cleans up what depends on others first, tries it three times, and then leaves the resource to its owner. */
  private async cleanUp(resources: readonly (readonly [string, Deployed])[]): Promise<string[]> {
    const reasons: string[] = [];
    const all = [...resources, ...this.uncleaned.splice(0)];
    for (const [logicalId, resource] of all.sort(([one], [other]) => this.place(other) - this.place(one))) {
      let outcome = await this.remove(logicalId, resource);
      for (let attempt = 2; attempt <= 3 && outcome?.ok === false; attempt += 1) {
        outcome = await this.remove(logicalId, resource);
      }
      if (outcome?.ok === false) reasons.push(outcome.reason);
    }
    return reasons;
  }

  private async remove(logicalId: string, resource: Deployed): Promise<Outcome | undefined> {
    if (resource.retain) return undefined;
    return this.provider.run({
      RequestType: 'Delete',
      ResourceType: resource.type,
      LogicalResourceId: logicalId,
      PhysicalResourceId: resource.physicalId,
      ResourceProperties: resource.properties,
    });
  }

  /** Where a resource stands in the order of dependencies. */
  private place(logicalId: string): number {
    return this.order.indexOf(logicalId);
  }

  private attributes(): Attributes {
    return Object.fromEntries([...this.resources].map(([logicalId, { data }]) => [logicalId, data]));
  }
}
