import type { Claims } from '../../../contract/claims';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import type { Resolver } from '../../../contract/template-values';
import { LOCAL_ACCOUNT } from '../../template-values';
import { conditionsHold, listOf, type RequestContext } from './conditions';

/** A request to be a role. */
export interface Assumption {
  readonly action: 'sts:AssumeRole' | 'sts:AssumeRoleWithWebIdentity';
  /** ARN of the role that signs the request; undefined for a request with a token, and for a function whose role nobody knows. */
  readonly callerArn: string | undefined;
  /** Claims of the token. */
  readonly claims?: Claims;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly tags: { readonly [name: string]: string };
}

/**
 * The action that a role's trust policy does not permit; undefined when the role may be assumed. Source: IAM user guide, page
 * reference_policies_evaluation-logic; session tags need `sts:TagSession` in the trust policy too (page id_session-tags).
 */
export function untrustedAction(policy: JsonObject, assumption: Assumption, resolve: Resolver): string | undefined {
  const wanted = [assumption.action, ...(Object.keys(assumption.tags).length > 0 ? ['sts:TagSession'] : [])];
  const context = contextOf(assumption);
  return wanted.find((action) => {
    const applying = listOf(policy['Statement']).filter(
      (statement): statement is JsonObject =>
        isJsonObject(statement) &&
        listOf(statement['Action']).some((name) => isAction(resolve(name), action)) &&
        namesCaller(statement['Principal'], assumption, resolve) &&
        conditionsHold(statement['Condition'], context, resolve),
    );
    return applying.length === 0 || applying.some(({ Effect }) => Effect !== 'Allow');
  });
}

function isAction(pattern: string, action: string): boolean {
  return pattern === '*' || pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1)));
}

/** The account stands for everyone in it: what else their own policies permit is not looked at here. */
function namesCaller(principal: JsonValue | undefined, { callerArn, claims }: Assumption, resolve: Resolver): boolean {
  if (principal === '*') return true;
  if (!isJsonObject(principal)) return false;
  if (claims !== undefined) {
    return listOf(principal['Federated']).some((provider) => resolve(provider).includes(':oidc-provider/'));
  }
  const known = [
    '*',
    LOCAL_ACCOUNT,
    `arn:aws:iam::${LOCAL_ACCOUNT}:root`,
    ...(callerArn === undefined ? [] : [callerArn]),
  ];
  return listOf(principal['AWS']).some((name) => known.includes(resolve(name)));
}

/** Keys of a web identity provider are its name, a colon and the claim. The local issuer stands in for it, whatever its name. */
const PROVIDER_KEY = /^(?!aws:|sts:).*:(aud|sub|amr)$/i;

function contextOf(assumption: Assumption): RequestContext {
  const { callerArn, claims, sessionName, externalId, tags } = assumption;
  const values = new Map<string, readonly string[]>([['sts:rolesessionname', [sessionName]]]);
  const names = Object.keys(tags);
  if (names.length > 0) values.set('aws:tagkeys', names);
  for (const [name, value] of Object.entries(tags)) values.set(`aws:requesttag/${name.toLowerCase()}`, [value]);
  if (callerArn !== undefined) values.set('aws:principalarn', [callerArn]);
  if (externalId !== undefined) values.set('sts:externalid', [externalId]);
  return (key) => {
    const claim = PROVIDER_KEY.exec(key)?.[1]?.toLowerCase();
    return claim === undefined || claims === undefined ? values.get(key.toLowerCase()) : claimTexts(claims, claim);
  };
}

/** Texts of a claim. The audience is `azp` where a token has one. Source: IAM user guide, page reference_policies_iam-condition-keys. */
export function claimTexts(claims: Claims, claim: string): readonly string[] | undefined {
  const value = claim === 'aud' ? (claims['azp'] ?? claims['aud']) : claims[claim];
  const texts = listOf(value).filter((one): one is string => typeof one === 'string');
  return texts.length === 0 ? undefined : texts;
}
