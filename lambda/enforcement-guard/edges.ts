import type { Send } from '../../lib/contract/drift/read-deployed';
import type { Message } from '../block-notices/message';

/** What the guard watches, and what it may do. */
export interface Watched {
  readonly stackId: string;
  readonly gatewayLogicalId: string;
  readonly setLogicalId: string;
  readonly gatewayName: string;
  readonly policyEngineId: string;
  readonly documentBucket: string;
  readonly repairs: boolean;
}

/** Everything outside of the process that the guard touches. */
export interface GuardEdges {
  readonly controlPlane: Send;
  readonly cloudFormation: Send;
  /** Text of an object in S3. */
  readonly readObject: (bucket: string, key: string) => Promise<string>;
  /** Tells people. Does nothing where nobody is to be told. */
  readonly tell: (message: Message) => Promise<void>;
  /** Whether this was told since a time, in milliseconds since the epoch. `false` where nobody can know: better twice than never. */
  readonly wasTold: (fingerprint: string, since: number) => Promise<boolean>;
  /** Writes one line to the log, from which CloudWatch takes metrics too. */
  readonly write: (line: object) => void;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly watched: Watched;
}
