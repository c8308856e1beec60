import { OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from '../../contract/claims';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { joinToolName } from '../../contract/tool-name';
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
 * whose known tools do not fit into one statement has no such policy; its interceptor denies those tools by itself.
 * @param callers entity type of the gateway's callers
 */
export function unlistedToolGuards(
  targets: readonly CatalogTarget[],
  nameSeed: string,
  callers: Principal['type'] = OAUTH_USER,
): DesiredPolicy[] {
  if (callers === UNAUTHENTICATED_USER) return [];
  return targets.filter(mayGrow).flatMap((target) => {
    const text = (actions: readonly string[]): string =>
      forbid(callers, `action in ${actionOf(target.name)}`, actions.length === 0 ? 'false' : actionIn(actions));
    const [known = [], ...others] = chunked(
      target.tools.map((tool) => joinToolName(target.name, tool.name)),
      text,
    );
    if (others.length > 0) return [];
    const description = `Denies tools that ${target.name} gained since the gateway was deployed.`;
    return [guard(`requires-known-tool-${target.name}`, description, text(known), nameSeed)];
  });
}
