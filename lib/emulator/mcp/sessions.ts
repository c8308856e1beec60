import { randomUUID } from 'node:crypto';
import { JSON_RPC_ERROR } from '../../contract/mcp';
import { Refusal } from './refusal';

export const SESSION_HEADER = 'mcp-session-id';

interface Session {
  readonly subject: string;
  /** Milliseconds since the epoch; counted from `initialize`, not from the last call. */
  readonly expires: number;
}

/** MCP sessions, bound to the caller. Source: developer guide, page gateway-sessions. */
export class Sessions {
  private readonly open = new Map<string, Session>();

  constructor(
    private readonly timeoutSeconds: number,
    private readonly clock: () => Date,
  ) {}

  start(subject: string): string {
    this.forgetExpired();
    const id = randomUUID();
    this.open.set(id, { subject, expires: this.clock().getTime() + this.timeoutSeconds * 1_000 });
    return id;
  }

  /** Throws a refusal with 400 without an id, and with 404 for one that is unknown, expired or another caller's. */
  check(id: string | undefined, subject: string): void {
    if (id === undefined) throw new Refusal(400, JSON_RPC_ERROR.invalidRequest, 'Missing Mcp-Session-Id header');
    const session = this.open.get(id);
    if (session === undefined || session.subject !== subject || session.expires <= this.clock().getTime()) {
      throw new Refusal(404, JSON_RPC_ERROR.invalidRequest, 'Session not found');
    }
  }

  end(id: string): void {
    this.open.delete(id);
  }

  private forgetExpired(): void {
    const now = this.clock().getTime();
    for (const [id, session] of this.open) if (session.expires <= now) this.open.delete(id);
  }
}
