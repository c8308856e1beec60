import type { Construct } from 'constructs';
import type { JsonValue } from '../../contract/json';
import { selectsTool } from '../../contract/steps/selectors';
import { joinToolName } from '../../contract/tool-name';
import type { CatalogTarget } from '../../policy/schema/catalog-target';
import type { InterceptorOptions } from './interceptor-options';
import { NOTHING_RECORDED } from './recorded-decisions';
import { TrustedContextStep } from './trusted-context-step';

/** A target with the names of its tools. */
export interface NamedTools extends Pick<CatalogTarget, 'name' | 'kind' | 'excludedTools'> {
  readonly tools: readonly { readonly name: string }[];
}

/** Whether calls of any tool rely on the interceptors: for trusted fields, or for a step that is required. */
export function reliesOnInterceptors({ trustedContext, steps }: InterceptorOptions): boolean {
  return Object.keys(trustedContext).length > 0 || steps.some((step) => step._reliedOnBy.length > 0);
}

/** A target without the tools that nobody may call. */
export function withoutExcluded({ excludedTools = [], ...target }: NamedTools): NamedTools {
  return { ...target, tools: target.tools.filter(({ name }) => !excludedTools.includes(name)) };
}

/** Full names of the tools of a target that rely on the interceptors. */
export function relyingTools({ trustedContext, steps }: InterceptorOptions, target: NamedTools): string[] {
  const names = target.tools.map((tool) => joinToolName(target.name, tool.name));
  const carrying = new TrustedContextStep(trustedContext).resolve(names).flatMap((field) => field.tools);
  const selectors = steps.flatMap((step) => step._reliedOnBy);
  return names.filter((name) => carrying.includes(name) || selectsTool(selectors, name));
}

/**
 * What the interceptors do that guards rely on: definitions of trusted fields and options of required steps. Without names of tools, since
 * an interceptor proves nothing for a tool that it does not know; so a deployment that adds a tool changes no proof.
 */
export function reliedOn(scope: Construct, { trustedContext, onSpoof, steps }: InterceptorOptions): JsonValue {
  const fields = Object.entries(trustedContext).map(([name, field]) => field._resolve(name, []));
  const required = steps.flatMap((step, index) => {
    if (step._reliedOnBy.length === 0) return [];
    return (['REQUEST', 'RESPONSE'] as const).map(
      (point) => step._bind(scope, point, index)?.config([], NOTHING_RECORDED) ?? null,
    );
  });
  return JSON.parse(JSON.stringify({ fields, onSpoof, required })) as JsonValue;
}

/** Whether a target's calls can carry the proof: what a function runs. Every other kind would hand it on to somebody else. */
export function carriesProof({ kind }: Pick<CatalogTarget, 'kind'>): boolean {
  return kind === 'lambda';
}
