import { isLoopbackUrl } from '../../contract/loopback';
import type { GatewayManifest, TargetManifest } from '../../contract/manifest';
import type { Resolver } from '../../contract/template-values';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import type { LocalFunction } from '../functions/local-function';
import { type Answers, stubTarget, withAnswers } from './answers';
import { httpTarget } from './http-api';
import { lambdaTarget } from './lambda';
import { mcpServerTarget } from './mcp-server';
import type { TargetCaller } from './target';

/** Parts that the caller of a target is made of. */
export interface CallerContext {
  /** The target's function, where it runs here. */
  readonly tool: LocalFunction | undefined;
  /** Base URL that may be called; undefined where nobody said so. */
  readonly endpoint: string | undefined;
  /** Canned answers, which come before anything is called. */
  readonly answers: Answers;
}

/** What {@link targetCaller} does where it does not call the target itself. */
const STUBBED: { readonly [kind in TargetManifest['kind']]: string } = {
  lambda: 'its function does not run here',
  openapi: 'its API is not called',
  'api-gateway': 'its API is not called',
  'mcp-server': 'its server is not called',
  smithy: 'its service is not called',
  custom: 'its kind is not known here',
};

/** How a target is called locally. */
export function targetCaller(target: TargetManifest, context: CallerContext): TargetCaller {
  return withAnswers(target, context.answers, direct(target, context) ?? stubTarget(target, STUBBED[target.kind]));
}

function direct({ kind, name, requests }: TargetManifest, { tool, endpoint }: CallerContext): TargetCaller | undefined {
  if (kind === 'lambda') return tool && lambdaTarget(name, tool);
  if (endpoint === undefined) return undefined;
  if (kind === 'mcp-server') return mcpServerTarget(endpoint);
  return requests && httpTarget(endpoint, requests);
}

/** What may be called. */
export interface EndpointChoice {
  /** Base URLs by target name. */
  readonly endpoints: { readonly [target: string]: string };
  /** Whether targets without one are called at their real URLs. */
  readonly live: boolean;
}

/** Base URL of a target that may be called: the developer's choice, or the manifest's when it is on this machine or everything is live. */
export function endpointOf(target: TargetManifest, choice: EndpointChoice, resolve: Resolver): string | undefined {
  const url = choice.endpoints[target.name] ?? realUrl(target, resolve);
  return url !== undefined && (choice.live || url === choice.endpoints[target.name] || isLoopbackUrl(url))
    ? url
    : undefined;
}

/** The URL at which the deployed gateway calls a target; undefined when only the deployment knows it. */
export function realUrl({ endpoint }: TargetManifest, resolve: Resolver): string | undefined {
  const url = endpoint === undefined ? undefined : resolve(endpoint);
  return url !== undefined && URL.canParse(url) ? url : undefined;
}

/** Throws for a chosen URL of a target that there is not, or that has none. */
export function checkEndpoints({ endpoints }: EndpointChoice, { targets }: GatewayManifest): void {
  const known = targets.filter(({ kind }) => kind !== 'lambda').map(({ name }) => name);
  const name = Object.keys(endpoints).find((one) => !known.includes(one));
  if (name === undefined) return;
  throw GovernanceError.of('EMULATOR_ENDPOINT_UNKNOWN', { name, known, suggestion: suggest(name, known) });
}
