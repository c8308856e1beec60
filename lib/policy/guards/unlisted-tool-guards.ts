import { OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from '../../contract/claims';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { joinToolName } from '../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import type { CatalogTarget } from '../schema/catalog-target';
import { actionIn, actionOf, chunked, forbid, guard } from './guard';

/** Kinds of targets whose tools the template does not fix: a server or an API may gain some between two deployments. */
const GROWING: readonly CatalogTarget['kind'][] = ['mcp-server', 'api-gateway', 'custom'];

/** Whether a target may have tools that nobody knew at synth. */
function mayGrow({ kind }: Pick<CatalogTarget, 'kind'>): boolean {
  return GROWING.includes(kind);
}

/**
 * Policies that deny tools which a target gained since the gateway was checked: whatever permits the whole target, its trusted
 * fields are not filled for them. The action of a call is in the target's group, and named by none of the known tools. A target
 * whose known tools do not fit into one statement is denied as a whole: two such statements would deny each other's tools. Synth
 * refuses such a target.
 * @param callers entity type of the gateway's callers
 */
export function unlistedToolGuards(
  targets: readonly CatalogTarget[],
  nameSeed: string,
  callers: Principal['type'] = OAUTH_USER,
): DesiredPolicy[] {
  return growingTargets(targets, callers).map(({ target, known, fits }) => {
    const text = statement(target, callers, fits ? known : []);
    const description = `Denies tools that ${target.name} gained since the gateway was deployed.`;
    return guard(`requires-known-tool-${target.name}`, description, text, nameSeed);
  });
}

/** Findings about targets whose known tools do not fit into the statement that denies all others. */
export function tooManyTools(targets: readonly CatalogTarget[], callers: Principal['type'] = OAUTH_USER): Diagnostic[] {
  return growingTargets(targets, callers)
    .filter(({ fits }) => !fits)
    .map(({ target: { name, tools }, known }) =>
      diagnostic('TARGET_TOOLS_TOO_MANY', { target: name, count: tools.length, limit: known.length }),
    );
}

interface GrowingTarget {
  readonly target: CatalogTarget;
  /** Actions of the known tools, as many as one statement can name. */
  readonly known: readonly string[];
  /** Whether these are all. */
  readonly fits: boolean;
}

function growingTargets(targets: readonly CatalogTarget[], callers: Principal['type']): GrowingTarget[] {
  if (callers === UNAUTHENTICATED_USER) return [];
  return targets.filter(mayGrow).map((target) => {
    const names = target.tools.map((tool) => joinToolName(target.name, tool.name));
    const [known = [], ...others] = chunked(names, (actions) => statement(target, callers, actions));
    return { target, known, fits: others.length === 0 };
  });
}

function statement(target: CatalogTarget, callers: string, known: readonly string[]): string {
  const scope = `action in ${actionOf(target.name)}`;
  return forbid(callers, scope, known.length === 0 ? 'false' : actionIn(known));
}
