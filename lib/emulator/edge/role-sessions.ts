import { randomBytes } from 'node:crypto';
import type { SqlRoleManifest } from '../../contract/manifest';

/** Who signs a request: a role with the tags of its session. */
export interface RoleSession {
  readonly role: SqlRoleManifest;
  readonly tags: { readonly [name: string]: string };
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** The sessions of assumed roles by access key id. */
export class RoleSessions {
  private readonly sessions = new Map<string, RoleSession>();

  /** Remembers a session. Returns its access key id. */
  open(session: RoleSession): string {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    this.sessions.set(accessKeyId, session);
    return accessKeyId;
  }

  /** The session behind an access key id; undefined for a function's own credentials and for expired ones. */
  find(accessKeyId: string | undefined): RoleSession | undefined {
    const session = this.sessions.get(accessKeyId ?? '');
    return session !== undefined && session.expires > Date.now() ? session : undefined;
  }
}
