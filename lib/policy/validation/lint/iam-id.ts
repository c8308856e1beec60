import { quote } from '../../../contract/cedar-string';
import { IAM_ENTITY, OAUTH_USER } from '../../../contract/claims';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { comparedIds, namedEntities } from '../view/principal-ids';
import type { Lint } from './lint';

/** An id that no IAM caller has. Source: developer guide, page example-policies-principal: the id is the caller's ARN without session name. */
export const iamId: Lint = {
  policy(policy) {
    if (policy.json.principal.op === 'is' && policy.json.principal.entity_type === OAUTH_USER) return [];
    const named = namedEntities(policy, IAM_ENTITY).map((id) => ({ ...id, isPattern: false, isEntity: true }));
    const compared = comparedIds(policy).map((id) => ({ ...id, isEntity: false }));
    return [...named, ...compared].flatMap(({ id, isPattern, isEntity, location }): Diagnostic[] => {
      const form = matchingForm(id, isPattern, isEntity);
      return form === undefined ? [] : [diagnostic('POLICY_IAM_ID', { id, form }, { location })];
    });
  },
};

const ROLE = /^(arn:[^:]+):iam:([^:]*):([^:]*):role\/(?:.+\/)?([^/]+)$/;
const SESSION = /^(arn:[^:]+:sts:[^:]*:[^:]*:assumed-role\/[^/]+)\/.+$/;

/** The condition that matches the callers who are meant; undefined for an id that callers have. */
function matchingForm(id: string, isPattern: boolean, isEntity: boolean): string | undefined {
  const [, partition, region, account, role] = ROLE.exec(id) ?? [];
  const assumed =
    role === undefined ? SESSION.exec(id)?.[1] : `${partition}:sts:${region}:${account}:assumed-role/${role}`;
  const meant = assumed ?? id;
  const hasWildcard = meant.includes('*');
  if (meant === id && (isPattern || !hasWildcard)) return undefined;
  if (hasWildcard) return `principal.id like ${quote(meant)}`;
  if (isEntity) return `${IAM_ENTITY}::${quote(meant)}`;
  return `principal.id ${isPattern ? 'like' : '=='} ${quote(meant)}`;
}
