import type { SqlRoleManifest } from '../../../contract/manifest';
import type { HttpReply, HttpRequest } from '../../http/exchange';
import { localRoleArn } from '../../template-values';
import { accessKeyOf, startService } from '../aws-protocol';
import type { EdgeContext, EdgeService } from '../edge-service';
import { assumed, refused } from './answers';
import { type Assumption, claimTexts, untrustedAction } from './trust-policy';

/** Hands out credentials of the roles that the manifest knows, to those whom a role's trust policy names, and remembers whose they are. */
export const sts: EdgeService = {
  environment: (url) => ({ AWS_ENDPOINT_URL_STS: url }),
  sdkClients: () => ['@aws-sdk/client-sts'],
  async start(context) {
    const roles = context.local.sql?.roles;
    if (roles === undefined) return undefined;
    const byArn = new Map(roles.map((role) => [localRoleArn(role.roleName ?? role.logicalId), role]));
    return await startService(async (request) => {
      const form = new URLSearchParams(request.body);
      switch (form.get('Action')) {
        case 'AssumeRole':
          return assume(signedAssumption(request, form, context), form, byArn, context);
        case 'AssumeRoleWithWebIdentity':
          return await assumeWithToken(form, byArn, context);
        default:
          return refused(400, 'InvalidAction', 'this action has no local stand-in');
      }
    });
  },
};

function signedAssumption(request: HttpRequest, form: URLSearchParams, { functionRoles }: EdgeContext): Assumption {
  return {
    action: 'sts:AssumeRole',
    callerArn: functionRoles.get(accessKeyOf(request) ?? ''),
    sessionName: form.get('RoleSessionName') ?? '',
    externalId: form.get('ExternalId') ?? undefined,
    tags: tagsOf(form),
  };
}

/** Cognito's access tokens have no audience, which STS does not take. Source: IAM user guide, page id_roles_providers_oidc. */
async function assumeWithToken(
  form: URLSearchParams,
  roles: ReadonlyMap<string, SqlRoleManifest>,
  context: EdgeContext,
): Promise<HttpReply> {
  const claims = await context.verifyToken(form.get('WebIdentityToken') ?? '');
  if (claims === undefined) return refused(400, 'InvalidIdentityToken', 'the token is not valid');
  if (claimTexts(claims, 'aud') === undefined) return refused(400, 'InvalidIdentityToken', 'Incorrect token audience');
  const assumption: Assumption = {
    action: 'sts:AssumeRoleWithWebIdentity',
    callerArn: undefined,
    claims,
    sessionName: form.get('RoleSessionName') ?? '',
    externalId: undefined,
    tags: {},
  };
  return assume(assumption, form, roles, context);
}

function assume(
  assumption: Assumption,
  form: URLSearchParams,
  roles: ReadonlyMap<string, SqlRoleManifest>,
  { resolve, sessions }: EdgeContext,
): HttpReply {
  const roleArn = form.get('RoleArn') ?? '';
  const role = roles.get(roleArn);
  const untrusted = role?.trustPolicy && untrustedAction(role.trustPolicy, assumption, resolve);
  if (role === undefined || untrusted !== undefined) {
    const action = untrusted ?? assumption.action;
    return refused(403, 'AccessDenied', `the caller is not authorized to perform: ${action} on resource: ${roleArn}`);
  }
  const { sessionName, tags } = assumption;
  const expires = new Date(Date.now() + Number(form.get('DurationSeconds') ?? 3_600) * 1_000);
  const accessKeyId = sessions.open({ role, tags, expires: expires.getTime() });
  return assumed({ action: assumption.action.slice('sts:'.length), roleArn, sessionName, accessKeyId, expires });
}

function tagsOf(form: URLSearchParams): { [name: string]: string } {
  const tags: [string, string][] = [];
  for (let index = 1; form.has(`Tags.member.${index}.Key`); index += 1) {
    tags.push([form.get(`Tags.member.${index}.Key`) ?? '', form.get(`Tags.member.${index}.Value`) ?? '']);
  }
  return Object.fromEntries(tags);
}
