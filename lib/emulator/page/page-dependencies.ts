import type { Application } from '../application';
import type { CallDetails } from '../call-details';
import type { CallRecord } from '../call-record';
import type { CallHistory } from '../observe/call-history';

/** Source of the page's data and effects. */
export interface PageDependencies {
  readonly application: () => Application;
  /** How often the application was served anew, from 1. */
  readonly version: () => number;
  /** Path of the gateway manifest, beside which its assets lie. */
  readonly manifestFile: string;
  readonly history: CallHistory;
  /** The last decision records, as lines of JSON. */
  readonly records: () => string;
  readonly onCall: (record: CallRecord, details: CallDetails) => void;
}
