import { ACCESS } from './catalogue/access';
import { ADOPTION } from './catalogue/adoption';
import { AUDIT } from './catalogue/audit';
import { BASELINE } from './catalogue/baseline';
import { BUNDLE } from './catalogue/bundle';
import { COMMAND } from './catalogue/command';
import { DECISIONS } from './catalogue/decisions';
import { DRIFT } from './catalogue/drift';
import { EMULATOR } from './catalogue/emulator';
import type { CatalogueEntry } from './catalogue/entry';
import { GATEWAY } from './catalogue/gateway';
import { GENERATION } from './catalogue/generation';
import { IDENTITY } from './catalogue/identity';
import { INTERCEPTOR } from './catalogue/interceptor';
import { INVARIANT } from './catalogue/invariant';
import { LOCK } from './catalogue/lock';
import { MANIFEST } from './catalogue/manifest';
import { OBSERVABILITY } from './catalogue/observability';
import { PACK } from './catalogue/pack';
import { PACKAGE } from './catalogue/package';
import { POLICY } from './catalogue/policy';
import { POLICY_SCHEMA } from './catalogue/policy-schema';
import { POLICY_STATEMENT } from './catalogue/policy-statement';
import { PROJECT } from './catalogue/project';
import { TARGET } from './catalogue/target';
import { TEST } from './catalogue/test';
import { VERIFY } from './catalogue/verify';

/** Everything that can be found, by subject, in the order of docs/diagnostics.md. To add a subject: a file, and a line here. */
export const SUBJECTS = {
  Gateway: GATEWAY,
  Identity: IDENTITY,
  Targets: TARGET,
  Interceptors: INTERCEPTOR,
  Observability: OBSERVABILITY,
  Baselines: BASELINE,
  'Bundled TypeScript': BUNDLE,
  'Cedar schema': POLICY_SCHEMA,
  Policies: POLICY,
  'Policy statements in code': POLICY_STATEMENT,
  'Packs of policies': PACK,
  Invariants: INVARIANT,
  'Access diff': ACCESS,
  'Policy tests': TEST,
  'Gateway manifests': MANIFEST,
  Emulator: EMULATOR,
  Verification: VERIFY,
  Drift: DRIFT,
  Locks: LOCK,
  'Command line': COMMAND,
  'Starting a project': PROJECT,
  'Policies from sentences': GENERATION,
  'Adopted gateways': ADOPTION,
  'Audit log': AUDIT,
  Decisions: DECISIONS,
  Packages: PACKAGE,
};

type Every<Union> = (Union extends unknown ? (entries: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

type Catalogue = Every<(typeof SUBJECTS)[keyof typeof SUBJECTS]>;

/** Every code, with its severity, message and help. The key is the code. */
export const CATALOGUE = Object.assign({}, ...Object.values(SUBJECTS)) as Catalogue;

export type DiagnosticCode = keyof Catalogue;

/** The parameters that a code's message and help take. */
export type ParamsOf<C extends DiagnosticCode> = Catalogue[C] extends CatalogueEntry<infer Params> ? Params : never;
