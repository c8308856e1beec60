import { randomBytes } from 'node:crypto';
import type { SqlRoleManifest } from '../../contract/manifest';
import type { HttpReply, HttpRequest } from '../http/exchange';
import { LOCAL_ACCOUNT, localRoleArn } from '../template-values';
import type { AwsService } from './aws-endpoint';

/** Who signed a request: a role with the tags of its session. */
export interface RoleSession {
  readonly role: SqlRoleManifest;
  readonly tags: { readonly [name: string]: string };
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Stands in for STS: hands out credentials of the roles that the manifest knows, and remembers whose they are. */
export class LocalSts implements AwsService {
  readonly actions = ['AssumeRole', 'AssumeRoleWithWebIdentity'];
  private readonly sessions = new Map<string, RoleSession>();
  private readonly roles: ReadonlyMap<string, SqlRoleManifest>;

  constructor(roles: readonly SqlRoleManifest[]) {
    this.roles = new Map(roles.map((role) => [localRoleArn(role.roleName ?? role.logicalId), role]));
  }

  /** The session behind an access key id; undefined for a function's own credentials and for expired ones. */
  session(accessKeyId: string | undefined): RoleSession | undefined {
    const session = this.sessions.get(accessKeyId ?? '');
    return session !== undefined && session.expires > Date.now() ? session : undefined;
  }

  handle(request: HttpRequest): HttpReply {
    const form = new URLSearchParams(request.body);
    const arn = form.get('RoleArn') ?? '';
    const action = form.get('Action') ?? '';
    const role = this.roles.get(arn);
    if (role === undefined) return refused(`not authorized to perform: sts:${action} on resource: ${arn}`);
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const expires = Date.now() + Number(form.get('DurationSeconds') ?? 3_600) * 1_000;
    this.sessions.set(accessKeyId, { role, tags: tagsOf(form), expires });
    const assumed = `arn:aws:sts::${LOCAL_ACCOUNT}:assumed-role/${arn.slice(arn.lastIndexOf('/') + 1)}`;
    return xml(
      200,
      `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
<AssumedRoleUser><AssumedRoleId>LOCAL:session</AssumedRoleId><Arn>${escapeXml(`${assumed}/${form.get('RoleSessionName') ?? 'session'}`)}</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>local</SecretAccessKey><SessionToken>local</SessionToken><Expiration>${new Date(expires).toISOString()}</Expiration></Credentials>
</${action}Result><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${action}Response>`,
    );
  }
}

function tagsOf(form: URLSearchParams): { [name: string]: string } {
  const tags: [string, string][] = [];
  for (let index = 1; form.has(`Tags.member.${index}.Key`); index += 1) {
    tags.push([form.get(`Tags.member.${index}.Key`) ?? '', form.get(`Tags.member.${index}.Value`) ?? '']);
  }
  return Object.fromEntries(tags);
}

function refused(message: string): HttpReply {
  const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${escapeXml(message)}</Message></Error>`;
  return xml(403, `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}</ErrorResponse>`);
}

function xml(status: number, body: string): HttpReply {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
