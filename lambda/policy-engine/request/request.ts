import type { JsonObject } from '../../../lib/contract/json';
import { failure } from '../messages/messages';

/** What the provider framework of aws-cdk-lib hands to both handlers, as far as they read it. */
export interface ResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResourceType: string;
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  /** Absent at onEvent of a Create. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: JsonObject;
  /** Only of an Update. */
  readonly OldResourceProperties?: JsonObject;
  /** What onEvent of a policy set found. The framework passes it on to isComplete. */
  readonly InForce?: InForce;
  /** When onEvent ran, in milliseconds since the epoch, by which isComplete knows how long the change has been going on. */
  readonly StartedAt?: number;
}

/**
 * Which of two sets an update finds in force: the previous one, all of it, as a rule; rather the one that it is to bring, when CloudFormation
 * rolls a failed update back; or nobody can say, since neither is, or something could not be read.
 */
export type InForce = 'previous' | 'next' | 'unknown';

/** Answer of onEvent. A physical id other than the current one is a replacement: CloudFormation deletes the old one later. */
export interface Started {
  readonly PhysicalResourceId: string;
  readonly InForce?: InForce;
  readonly StartedAt?: number;
}

/** Answer of isComplete. The framework refuses data before completion. */
export type Progress =
  | { readonly IsComplete: false }
  | { readonly IsComplete: true; readonly Data?: { readonly [name: string]: string } };

/** A property that must be there. */
export function text(properties: JsonObject, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string' || value === '') throw failure('PROPERTY_MISSING', { property: name });
  return value;
}

/** A property that may be absent. */
export function optionalText(properties: JsonObject, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
