declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** Milliseconds that a table stays in CREATING. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  /** Makes a server that speaks the DynamoDB API and keeps its tables in memory. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
