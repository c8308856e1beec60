import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type FileAssetLocation, FileAssetPackaging, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { Code, type CodeConfig } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** A file of a late asset: its text, or the absolute path of a file whose bytes are taken. */
export type LateFile = string | { readonly copyFrom: string };

/** Files of a late asset by their path inside the folder. */
export type LateFiles = { readonly [name: string]: LateFile };

/**
 * An asset whose content is only known at synthesis, because it depends on everything that was added to a gateway.
 *
 * `s3_assets.Asset` reads its content when it is constructed. This one asks for it each time a token of it is resolved, writes it as
 * `asset.<hash>` into the cloud assembly, as AssetStaging would, and registers it with the stack's synthesizer once per content.
 * The hash covers names and bytes only, so that two synths of the same app agree wherever they run.
 */
export class LateAsset {
  /** A folder that is uploaded as a zip file. */
  static folder(scope: Construct, files: () => LateFiles): LateAsset {
    return new LateAsset(scope, files, FileAssetPackaging.ZIP_DIRECTORY, '', '');
  }

  /**
   * A single file of JSON that is uploaded as it is.
   * @param prefix Begins the last part of its object key, so that a right to read can name these files alone.
   */
  static file(scope: Construct, content: () => string, prefix = ''): LateAsset {
    return new LateAsset(scope, () => ({ '': content() }), FileAssetPackaging.FILE, '.json', prefix);
  }

  /** Name of the bucket that the asset is uploaded to: a token. */
  readonly bucketName: string;
  /** Key of the object: a token. */
  readonly objectKey: string;
  /** What the keys of all versions of a file begin with, and those of no other file: a token. */
  readonly objectKeyPrefix: string;

  private readonly locations = new Map<string, FileAssetLocation>();

  private constructor(
    private readonly scope: Construct,
    private readonly files: () => LateFiles,
    private readonly packaging: FileAssetPackaging,
    private readonly extension: string,
    private readonly prefix: string,
  ) {
    // Uncached: a token that somebody resolves before synthesis must not freeze an incomplete content.
    this.bucketName = Lazy.uncachedString({ produce: () => this.stage().location.bucketName });
    this.objectKey = Lazy.uncachedString({ produce: () => this.stage().location.objectKey });
    this.objectKeyPrefix = Lazy.uncachedString({ produce: () => this.keyPrefix() });
  }

  /** Path of the staged folder or file, relative to the folder that holds the stack's template. Only valid during synthesis. */
  directory(): string {
    return this.stage().relativePath;
  }

  /** The asset as the code of a Lambda function. */
  asCode(): Code {
    return new LateCode(this);
  }

  private keyPrefix(): string {
    const { hash, location } = this.stage();
    // A synthesizer whose keys are only known at deployment leaves no prefix to name.
    return location.objectKey.includes(hash) ? location.objectKey.slice(0, location.objectKey.indexOf(hash)) : '';
  }

  private stage(): { hash: string; location: FileAssetLocation; relativePath: string } {
    const contents = readContents(this.files());
    const hash = hashOf(this.packaging, contents);
    const staged = join(assetFolder(this.scope), `asset.${hash}${this.extension}`);
    if (!existsSync(staged)) writeStaged(staged, contents);
    const relativePath = relative(Stage.of(this.scope)?.outdir ?? '', staged);
    let location = this.locations.get(hash);
    if (location === undefined) {
      location = Stack.of(this.scope).synthesizer.addFileAsset({
        packaging: this.packaging,
        sourceHash: `${this.prefix}${hash}`,
        fileName: relativePath,
      });
      this.locations.set(hash, location);
    }
    return { hash, location, relativePath };
  }
}

/** Code of a function that is only known at synthesis. */
class LateCode extends Code {
  readonly isInline = false;

  constructor(private readonly asset: LateAsset) {
    super();
  }

  override bind(): CodeConfig {
    return { s3Location: { bucketName: this.asset.bucketName, objectKey: this.asset.objectKey } };
  }
}

type Contents = readonly (readonly [name: string, bytes: Buffer])[];

function readContents(files: LateFiles): Contents {
  return Object.keys(files)
    .sort()
    .map((name) => {
      const file = files[name] ?? '';
      return [name, typeof file === 'string' ? Buffer.from(file, 'utf8') : readFileSync(file.copyFrom)] as const;
    });
}

function hashOf(packaging: FileAssetPackaging, contents: Contents): string {
  const hash = createHash('sha256').update(packaging);
  for (const [name, bytes] of contents) hash.update(`\0${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

function assetFolder(scope: Construct): string {
  const stage = Stage.of(scope);
  if (stage === undefined) throw new RangeError(`\`${scope.node.path}\` is not inside an App`);
  return stage.assetOutdir;
}

/** Writes beside the final path first, so that an interrupted synth leaves no half asset that a later one would take for whole. */
function writeStaged(staged: string, contents: Contents): void {
  const draft = `${staged}.${process.pid}`;
  for (const [name, bytes] of contents) {
    const path = name === '' ? draft : join(draft, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  renameSync(draft, staged);
}
