import { basename, dirname, extname, join, resolve } from 'node:path';
import type { DeclaredInvariant } from '../../contract/invariant';
import type { DeclaredPack } from '../../contract/pack';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';
import { slashed } from '../assembly/source-hash';
import type { Invariant } from '../statements/invariant';
import type { PolicyStatement } from '../statements/policy-statement';
import { INLINE, PolicyLoading, type PolicyText } from './policy-loading';
import { filesBelow, isFile, isFolder, namesBeside, readText, shown } from './source-files';
import type { SourceGateway } from './source-gateway';

/** Ending of policy files. */
const POLICY_FILE_SUFFIX = '.cedar';

/** Ending of files of invariants, which lie beside the policies. */
const INVARIANT_FILE_SUFFIX = '.invariant.cedar';

/** Ending of policy test files, which lie beside the policies. */
const POLICY_TEST_SUFFIX = '.test.yaml';

/** What a source holds. */
export interface SourceContent {
  readonly texts: readonly PolicyText[];
  /** Policy test files beside the policies, in the form of {@link PolicyText.file}. */
  readonly tests: readonly string[];
  /** Folders and files to watch for changes. */
  readonly watched: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** Packs that the texts are rendered from. @default - none */
  readonly packs?: readonly DeclaredPack[];
}

export interface InlinePolicyOptions {
  /**
   * Id of the policy.
   * @default - its annotation `@id`, else `inline` and a number
   */
  readonly id?: string;
}

/**
 * Where policies come from: files of Cedar text, text in code, or statements that are built in code.
 *
 * @example
 * gateway.addPolicies(
 *   PolicySource.fromDirectory('policies'),
 *   PolicySource.fromInline('forbid (principal, action, resource == ?resource) when { !principal.hasTag("team") };'),
 * );
 */
export abstract class PolicySource {
  /** Every `.cedar` file of a folder and of the folders in it. The path is relative to the app's directory. */
  static fromDirectory(path: string): PolicySource {
    return new DirectorySource(path);
  }

  /** One `.cedar` file, with one or more policies. The path is relative to the app's directory. */
  static fromFile(path: string): PolicySource {
    return new FileSource(path);
  }

  /** Cedar text with one or more policies. */
  static fromInline(text: string, options: InlinePolicyOptions = {}): PolicySource {
    return new InlineSource(text, options);
  }

  /** A statement made by `permit(...)` or `forbid(...)`. */
  static fromStatement(statement: PolicyStatement): PolicySource {
    return new InlineSource(statement.toCedar(), {});
  }

  /**
   * Ids of the policies each use of which is to set off an alarm.
   * @internal
   */
  get _watched(): readonly string[] {
    return [];
  }

  /**
   * Reads the source. Never throws: what cannot be read is a diagnostic.
   * @internal
   */
  abstract _read(baseDirectory: string, gateway?: SourceGateway): SourceContent;
}

class DirectorySource extends PolicySource {
  constructor(private readonly path: string) {
    super();
  }

  override _read(baseDirectory: string): SourceContent {
    const root = resolve(baseDirectory, this.path);
    const watched = [shown(baseDirectory, root)];
    if (isFile(root)) {
      const wrong = { path: this.path, kind: 'file', wanted: 'folder', factory: 'fromFile' };
      return failed(diagnostic('POLICY_SOURCE_KIND', wrong), watched);
    }
    const found = filesBelow(root);
    if (found === undefined) return failed(missing(this.path, baseDirectory), watched);
    const diagnostics: Diagnostic[] = [];
    const texts = found
      .filter((file) => file.endsWith(POLICY_FILE_SUFFIX))
      .flatMap((file) => {
        const path = join(root, file);
        const defaultId = slashed(file).slice(0, -POLICY_FILE_SUFFIX.length);
        const text = readText(path);
        if (text !== undefined) return [{ file: shown(baseDirectory, path), text, defaultId, kind: kindOf(file) }];
        diagnostics.push(diagnostic('POLICY_FILE_UNREADABLE', { path: slashed(join(this.path, file)) }));
        return [];
      });
    const tests = found
      .filter((file) => file.endsWith(POLICY_TEST_SUFFIX))
      .map((file) => shown(baseDirectory, join(root, file)));
    if (texts.length === 0 && diagnostics.length === 0) {
      diagnostics.push(diagnostic('POLICY_SOURCE_EMPTY', { path: this.path }));
    }
    return { texts, tests, watched, diagnostics };
  }
}

class FileSource extends PolicySource {
  constructor(private readonly path: string) {
    super();
  }

  override _read(baseDirectory: string): SourceContent {
    const path = resolve(baseDirectory, this.path);
    const file = shown(baseDirectory, path);
    if (isFolder(path)) {
      const wrong = { path: this.path, kind: 'folder', wanted: 'file', factory: 'fromDirectory' };
      return failed(diagnostic('POLICY_SOURCE_KIND', wrong), [file]);
    }
    if (!isFile(path)) return failed(missing(this.path, baseDirectory), [file]);
    const text = readText(path);
    if (text === undefined) return failed(diagnostic('POLICY_FILE_UNREADABLE', { path: this.path }), [file]);
    const defaultId = basename(path, extname(path));
    const test = join(dirname(path), `${defaultId}${POLICY_TEST_SUFFIX}`);
    const tests = isFile(test) ? [shown(baseDirectory, test)] : [];
    const own: PolicyText = { file, text, defaultId, kind: kindOf(path) };
    return { texts: [own, ...this.invariantsBeside(path, baseDirectory)], tests, watched: [file], diagnostics: [] };
  }

  private invariantsBeside(path: string, baseDirectory: string): PolicyText[] {
    const beside = `${path.slice(0, -extname(path).length)}${INVARIANT_FILE_SUFFIX}`;
    const text = isFile(beside) && kindOf(path) === 'policies' ? readText(beside) : undefined;
    if (text === undefined) return [];
    const defaultId = basename(beside, POLICY_FILE_SUFFIX);
    return [{ file: shown(baseDirectory, beside), text, defaultId, kind: 'invariants' }];
  }
}

class InlineSource extends PolicySource {
  constructor(
    private readonly text: string,
    private readonly options: InlinePolicyOptions,
  ) {
    super();
  }

  override _read(): SourceContent {
    const texts: PolicyText[] = [
      { file: INLINE, text: this.text, defaultId: this.options.id ?? INLINE, kind: 'policies' },
    ];
    return { texts, tests: [], watched: [], diagnostics: [] };
  }
}

function kindOf(file: string): PolicyText['kind'] {
  return file.endsWith(INVARIANT_FILE_SUFFIX) ? 'invariants' : 'policies';
}

/** A path that leads nowhere, with the name beside it that may have been meant. */
function missing(path: string, baseDirectory: string): Diagnostic {
  const beside = suggest(basename(path), namesBeside(resolve(baseDirectory, path)));
  const suggestion = beside === undefined ? undefined : slashed(join(dirname(path), beside));
  return diagnostic('POLICY_SOURCE_MISSING', { path, directory: resolve(baseDirectory), suggestion });
}

function failed(finding: Diagnostic, watched: readonly string[]): SourceContent {
  return { texts: [], tests: [], watched, diagnostics: [finding] };
}

/** Policies and invariants that a baseline brings. */
export interface BaselineSources {
  readonly name: string;
  readonly policies: readonly PolicySource[];
  readonly invariants: readonly Invariant[];
}

export interface LoadOptions {
  /** Directory that relative paths start from. @default process.cwd() */
  readonly baseDirectory?: string;
  /** What tells this policy set from any other of the account, see `policyName`. */
  readonly nameSeed: string;
  /** Invariants that are written in code. @default - none */
  readonly invariants?: readonly Invariant[];
  /** The gateway that the policies are for, which packs ask for its tools. @default - one without tools */
  readonly gateway?: SourceGateway;
  /** What comes from above. It is read first, so that no policy of the app takes the place of one. @default - nothing */
  readonly baselines?: readonly BaselineSources[];
}

export interface LoadedPolicies {
  readonly policies: DesiredPolicy[];
  /** Invariants, which must hold for every call; never deployed. */
  readonly invariants: DeclaredInvariant[];
  /** Text of every file that holds policies, by the name that origins carry. */
  readonly texts: Map<string, string>;
  readonly diagnostics: Diagnostic[];
  /** Policy files that were read. */
  readonly files: string[];
  /** Policy test files beside the policies. */
  readonly tests: string[];
  /** Folders and files to watch for changes. */
  readonly watched: string[];
  /** Packs of the app's own. */
  readonly packs: DeclaredPack[];
}

/**
 * Reads policies. All findings are returned at once; a policy that does not parse is left out.
 *
 * @example
 * const { policies, diagnostics } = loadPolicies([PolicySource.fromDirectory('policies')], { nameSeed: 'local' });
 */
export function loadPolicies(sources: readonly PolicySource[], options: LoadOptions): LoadedPolicies {
  const loaded = new PolicyLoading(options.nameSeed);
  const { baseDirectory = process.cwd(), gateway } = options;
  const packs = new Map<string, DeclaredPack>();
  for (const { name: baseline, policies, invariants } of options.baselines ?? []) {
    for (const content of policies.map((source) => source._read(baseDirectory, gateway))) {
      loaded.diagnostics.push(...content.diagnostics);
      for (const text of content.texts) loaded.add({ ...text, baseline });
    }
    for (const invariant of invariants) loaded.add({ ...inCode(invariant), baseline });
  }
  for (const source of sources) {
    const content = source._read(baseDirectory, gateway);
    loaded.diagnostics.push(...content.diagnostics);
    loaded.tests.push(...content.tests);
    loaded.watched.push(...content.watched);
    const twice = content.packs?.find(({ id }) => packs.has(id));
    if (twice !== undefined) {
      loaded.diagnostics.push(diagnostic('PACK_ID_TWICE', { id: twice.id }));
      continue;
    }
    for (const pack of content.packs ?? []) packs.set(pack.id, pack);
    for (const text of content.texts) loaded.add(text);
  }
  for (const invariant of options.invariants ?? []) {
    loaded.add(inCode(invariant));
  }
  const { policies, invariants, texts, diagnostics, files } = loaded;
  return {
    policies,
    invariants,
    texts,
    diagnostics,
    files,
    tests: unique(loaded.tests),
    watched: unique(loaded.watched),
    packs: [...packs.values()],
  };
}

function inCode(invariant: Invariant): PolicyText {
  return { file: INLINE, text: invariant.toCedar(), defaultId: INLINE, kind: 'invariants' };
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
