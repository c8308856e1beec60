import type { Application } from '../application';
import type { CallDetails } from '../call-details';
import type { CallRecord } from '../call-record';
import type { CallHistory } from '../observe/call-history';
import type { ReloadNews } from '../reload/reload-news';

/** Source of the page's data and effects. */
export interface PageDependencies {
  readonly application: () => Application;
  /** How often the application was served anew, from 1. */
  readonly version: () => number;
  /** Path of the gateway manifest, beside which its assets lie. */
  readonly manifestFile: string;
  /** Directory that paths of policies and tests start from. */
  readonly appDirectory: string;
  /** What came of the last change of a source; undefined before the first. */
  readonly news: () => ReloadNews | undefined;
  readonly history: CallHistory;
  /** The last decision records, as lines of JSON. */
  readonly records: () => string;
  readonly onCall: (record: CallRecord, details: CallDetails) => void;
}
