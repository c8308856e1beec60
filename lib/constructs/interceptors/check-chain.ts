import type { InterceptionPoint } from '../../contract/interceptor-payload';
import type { DeclaredChain, DeclaredStep } from '../../contract/steps/declared-step';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import type { TypeScriptBundle } from '../functions/bundle-typescript';
import { loadBundle } from '../functions/load-bundle';
import { checkToolSelectors } from './check-selectors';
import type { StepCheckContext } from './interceptor-step';

/** The factory of a chain's handler, and the gateway's property that takes it, by the point at which it runs. */
const MAKERS: { readonly [point in InterceptionPoint]: string } = {
  REQUEST: 'requestInterceptor',
  RESPONSE: 'responseInterceptor',
};

/** Bundles are named after their content, so what was loaded from one holds for the process. */
const handlers = new Map<string, unknown>();

/**
 * Findings about a chain of the team's own, which is loaded to read what it declares. A handler that was made without the kit declares
 * nothing.
 *
 * @param configured names of the steps that the app configures at this point
 */
export function checkChain(
  { entry, directory }: TypeScriptBundle,
  point: InterceptionPoint,
  configured: () => readonly string[],
  context: StepCheckContext,
): Diagnostic[] {
  const maker = MAKERS[point];
  let handler: unknown;
  try {
    handler = handlerOf(directory);
  } catch (error) {
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [diagnostic('INTERCEPTOR_MODULE_FAILED', { entry, problem })];
  }
  if (handler === undefined) return [diagnostic('INTERCEPTOR_HANDLER_MISSING', { entry, maker })];
  const chain = chainOf(handler);
  if (chain === undefined) return [];
  if (chain.point !== point) {
    return [diagnostic('INTERCEPTOR_POINT', { entry, maker, other: MAKERS[chain.point] })];
  }
  return [
    ...chain.steps.flatMap((step, index) => [...checkStep(entry, index, step), ...checkTools(entry, step, context)]),
    ...leftOut(entry, chain.takesConfiguredSteps ? [] : configured()),
  ];
}

/** Whether a chain asked for the steps that the app configures; not known of one that cannot be loaded, or was made without the kit. */
export function takesConfiguredSteps({ directory }: TypeScriptBundle): boolean {
  try {
    return chainOf(handlerOf(directory))?.takesConfiguredSteps === true;
  } catch {
    return false;
  }
}

/** Steps that a chain declares; none when it cannot be loaded, which {@link checkChain} reports. */
export function declaredSteps({ directory }: TypeScriptBundle): readonly DeclaredStep[] {
  try {
    return chainOf(handlerOf(directory))?.steps ?? [];
  } catch {
    return [];
  }
}

function handlerOf(directory: string): unknown {
  const known = handlers.get(directory);
  if (known !== undefined) return known;
  const { handler } = loadBundle(directory);
  handlers.set(directory, handler);
  return handler;
}

function chainOf(handler: unknown): DeclaredChain | undefined {
  return (handler as { readonly chain?: DeclaredChain } | null)?.chain;
}

function checkStep(entry: string, index: number, { name }: DeclaredStep): Diagnostic[] {
  const given: unknown = name;
  return typeof given === 'string' ? [] : [diagnostic('INTERCEPTOR_STEP_INVALID', { entry, count: index + 1 })];
}

function checkTools(entry: string, { name, tools }: DeclaredStep, context: StepCheckContext): Diagnostic[] {
  if (tools === undefined) return [];
  // The bundle is a program of the team's own: what it says was never checked by a compiler.
  if (!Array.isArray(tools) || !tools.every((tool) => typeof tool === 'string')) {
    return [diagnostic('INTERCEPTOR_STEP_TOOLS', { entry, step: name })];
  }
  return checkToolSelectors(name, tools, context);
}

function leftOut(entry: string, steps: readonly string[]): Diagnostic[] {
  return steps.length === 0 ? [] : [diagnostic('INTERCEPTOR_STEPS_LEFT_OUT', { entry, steps: [...new Set(steps)] })];
}
