import type { TargetManifest } from '../../contract/manifest';
import type { Resolver } from '../../contract/template-values';
import type { LocalFunction } from '../functions/local-function';
import { httpTarget } from './http-api';
import { lambdaTarget } from './lambda';
import { mcpServerTarget } from './mcp-server';
import type { TargetCaller } from './target';
import { unreachableTarget } from './unreachable';

/** What makes the caller of a target. */
export interface CallerContext {
  /** The target's function, for Lambda targets. */
  readonly tool: LocalFunction | undefined;
  /** Base URL for HTTP targets; undefined when neither the manifest nor the options know it. */
  readonly endpoint: string | undefined;
}

type CallerFactory = (target: TargetManifest, context: CallerContext) => TargetCaller;

/** How each kind of target is called locally. */
const CALLERS: { readonly [kind in TargetManifest['kind']]: CallerFactory } = {
  lambda: (target, { tool }) =>
    tool === undefined
      ? unreachableTarget(`target ${target.name} is a function that this app does not bundle`)
      : lambdaTarget(target.name, tool),
  openapi: httpCaller,
  'mcp-server': ({ name }, { endpoint }) => (endpoint === undefined ? noEndpoint(name) : mcpServerTarget(endpoint)),
  smithy: noLocalCaller,
  'api-gateway': httpCaller,
  custom: noLocalCaller,
};

function httpCaller({ name, requests }: TargetManifest, { endpoint }: CallerContext): TargetCaller {
  return endpoint === undefined || requests === undefined ? noEndpoint(name) : httpTarget(endpoint, requests);
}

function noEndpoint(name: string): TargetCaller {
  return unreachableTarget(`target ${name} has no URL that is known here: name one with \`--endpoint\``);
}

function noLocalCaller(target: TargetManifest): TargetCaller {
  return unreachableTarget(`target ${target.name} is of kind ${target.kind}, which has no local stand-in`);
}

export function targetCaller(target: TargetManifest, context: CallerContext): TargetCaller {
  return CALLERS[target.kind](target, context);
}

/** Base URL of a target: the developer's choice, else the manifest's when it is known at synth. */
export function endpointOf(
  target: TargetManifest,
  chosen: { readonly [target: string]: string },
  resolve: Resolver,
): string | undefined {
  const own = chosen[target.name];
  if (own !== undefined) return own;
  const synthesized = target.endpoint === undefined ? undefined : resolve(target.endpoint);
  return synthesized !== undefined && URL.canParse(synthesized) ? synthesized : undefined;
}
