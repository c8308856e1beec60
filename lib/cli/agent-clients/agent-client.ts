/** What an agent's program is told of a gateway. */
export interface GatewayAccess {
  /** What the program calls the gateway. */
  readonly name: string;
  /** MCP endpoint. */
  readonly mcpUrl: string;
  /** Address of the emulator, which gives tokens. */
  readonly emulatorUrl: string;
  /** Id of the client with which people sign in; undefined where nobody does. */
  readonly clientId: string | undefined;
  /** Where browsers may come back to after signing in; undefined for any address of this machine. */
  readonly callbackUrls: readonly string[] | undefined;
  /** User or machine client whose tokens a program can ask the emulator for; undefined where the app has none. */
  readonly caller: string | undefined;
}

/** A gateway whose users sign in. */
export type SignInAccess = GatewayAccess & { readonly clientId: string };

/** A gateway for which the emulator gives tokens. */
export type TokenAccess = GatewayAccess & { readonly caller: string };

/** A program through which agents use gateways, and how it is configured. */
export interface AgentClient {
  /** What the command line calls it. */
  readonly name: string;
  readonly title: string;
  /** Where the configuration goes. */
  readonly place: string;
  readonly language: 'json' | 'js' | 'sh';
  /** Where its sign-in comes back to. @default - wherever its own code says */
  readonly callbackUrl?: string;
  /** Configuration with which a person signs in. @default - it does not sign in by itself */
  readonly signIn?: (gateway: SignInAccess) => string;
  /** Configuration with tokens of the emulator. @default - it cannot renew them */
  readonly token?: (gateway: TokenAccess) => string;
}
