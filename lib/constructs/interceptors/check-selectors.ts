import { closedClaim } from '../../contract/closed-set';
import { type CallerSelector, EVERY_TOOL } from '../../contract/steps/selectors';
import { splitToolName } from '../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';
import type { StepCheckContext } from './interceptor-step';

/** Findings about tool selectors that select nothing. A target without tools known at synth may gain any tool later. */
export function checkToolSelectors(
  step: string,
  selectors: readonly string[],
  { targets, tools }: StepCheckContext,
): Diagnostic[] {
  const discovers = new Set(targets);
  for (const tool of tools) discovers.delete(splitToolName(tool)?.target ?? '');
  return selectors
    .filter((name) => name !== EVERY_TOOL && !targets.includes(name) && !tools.includes(name))
    .filter((name) => !discovers.has(splitToolName(name)?.target ?? ''))
    .map((name) =>
      diagnostic('INTERCEPTOR_UNKNOWN_TOOL', { step, name, suggestion: suggest(name, [...tools, ...targets]) }),
    );
}

/** Findings about targets that are named and that headers do not reach. */
export function checkHeaders(
  step: string,
  selectors: readonly string[],
  headers: readonly string[],
  { requestHeaders }: StepCheckContext,
): Diagnostic[] {
  const named = new Set(selectors.map((name) => splitToolName(name)?.target ?? name));
  return Object.entries(requestHeaders)
    .filter(([target]) => named.has(target))
    .flatMap(([target, reaching]) =>
      headers
        .filter((header) => !reaching.includes(header.toLowerCase()))
        .map((header) => diagnostic('INTERCEPTOR_HEADER_NOT_ALLOWED', { step, target, header })),
    );
}

/** Findings about claims that tokens do not carry. */
export function checkClaims(
  step: string,
  needed: readonly string[],
  { authorization, claims }: StepCheckContext,
): Diagnostic[] {
  const distinct = [...new Set(needed)];
  if (distinct.length > 0 && authorization !== 'jwt') {
    return [diagnostic('INTERCEPTOR_CLAIM_WITHOUT_TOKEN', { step, claim: distinct.join('`, `'), authorization })];
  }
  if (claims === undefined) return [];
  return distinct
    .filter((claim) => claim !== 'sub' && !claims.includes(claim))
    .map((claim) => diagnostic('INTERCEPTOR_UNKNOWN_CLAIM', { step, claim, suggestion: suggest(claim, claims) }));
}

/** Findings about callers that are selected by claims that tokens do not carry, or by values that such a claim never has. */
export function checkCallers(
  step: string,
  selectors: readonly (CallerSelector | undefined)[],
  context: StepCheckContext,
): Diagnostic[] {
  const given = selectors.filter((selector) => selector !== undefined);
  return [
    ...checkClaims(
      step,
      given.map(({ claim }) => claim),
      context,
    ),
    ...given.flatMap(({ claim, values }) => checkClaimValues(step, claim, values, context)),
  ];
}

/** Findings about values that a claim never has, as far as all of them are known. */
export function checkClaimValues(
  step: string,
  claim: string,
  values: readonly string[],
  { callers = {} }: StepCheckContext,
): Diagnostic[] {
  const known = closedClaim(claim, callers)?.values;
  if (known === undefined) return [];
  return values
    .filter((value) => !known.includes(value))
    .map((value) =>
      diagnostic('INTERCEPTOR_VALUE_IMPOSSIBLE', { step, claim, value, known, suggestion: suggest(value, known) }),
    );
}
