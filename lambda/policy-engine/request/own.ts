import type { PolicyEngineEnvironment } from '../../../lib/contract/policy-engine-environment';
import { failure } from '../messages/messages';
import type { ResourceRequest } from './request';

/** What the handlers are responsible for, from their own environment. Whoever sends a request cannot change it. */
export interface Own {
  readonly stackId: string;
  /** Logical ids of the resources that are served, empty ones left out. */
  readonly logicalIds: readonly string[];
  readonly ownsEngine: boolean;
  /** Marks what was made here. */
  readonly owner: string;
  readonly documents: { readonly bucket: string; readonly prefix: string };
  readonly isEngine: (policyEngineId: string) => boolean;
  readonly isGateway: (gatewayArn: string) => boolean;
}

/** Reads the environment. Throws when a variable is missing, and with it every request fails. */
export function readOwn(environment: { readonly [name in keyof PolicyEngineEnvironment]?: string | undefined }): Own {
  const read = (name: keyof PolicyEngineEnvironment): string => {
    const value = environment[name];
    if (value === undefined) throw new TypeError(`environment variable ${name} is missing`);
    return value;
  };
  const engines = read('ENGINE_IDS').split(',').map(matcher);
  return {
    stackId: read('STACK_ID'),
    logicalIds: [read('ENGINE_LOGICAL_ID'), read('SET_LOGICAL_ID')].filter((id) => id !== ''),
    ownsEngine: read('OWNS_ENGINE') === 'true',
    owner: read('OWNER'),
    documents: { bucket: read('DOCUMENT_BUCKET'), prefix: read('DOCUMENT_PREFIX') },
    isEngine: (policyEngineId) => engines.some((matches) => matches(policyEngineId)),
    isGateway: matcher(read('GATEWAY_ARN')),
  };
}

/** Throws for a request of another stack or for another of its resources: only the gateway's own are served. */
export function assertOwnRequest(own: Own, { StackId, LogicalResourceId }: ResourceRequest): void {
  if (StackId === own.stackId && own.logicalIds.includes(LogicalResourceId)) return;
  throw failure('REQUEST_FOREIGN', { stack: StackId, resource: LogicalResourceId });
}

/** Throws for an engine that is not the gateway's. */
export function assertOwnEngine(own: Own, policyEngineId: string): void {
  if (!own.isEngine(policyEngineId)) throw failure('ENGINE_FOREIGN', { engine: policyEngineId });
}

/** A pattern as in IAM: `?` stands for one character, `*` for any number of them. */
function matcher(pattern: string): (text: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\?/g, '.')
    .replace(/\*/g, '.*');
  const whole = new RegExp(`^${source}$`, 's');
  return (text) => whole.test(text);
}
