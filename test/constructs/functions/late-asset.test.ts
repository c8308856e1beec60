import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, it } from 'vitest';
import { LateAsset, type LateFiles } from '../../../lib/constructs/functions/late-asset';

const folder = (name: string): string => mkdtempSync(join(tmpdir(), name));

interface AssetManifest {
  readonly files: {
    readonly [hash: string]: { readonly source: { readonly path: string; readonly packaging: string } };
  };
}

function manifestOf(directory: string): AssetManifest['files'] {
  const file = readdirSync(directory).find((name) => name.endsWith('.assets.json')) ?? '';
  return (JSON.parse(readFileSync(join(directory, file), 'utf8')) as AssetManifest).files;
}

function addFunction(scope: Stack, asset: LateAsset): LambdaFunction {
  return new LambdaFunction(scope, 'Fn', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: asset.asCode(),
  });
}

function synthInStage(outdir: string): { assembly: string; directory: () => string } {
  const bundle = join(folder('bundle-'), 'index.js');
  writeFileSync(bundle, 'exports.handler = async () => 1;\n');
  const app = new App({ outdir });
  const stage = new Stage(app, 'Prod');
  const stack = new Stack(stage, 'Stack');
  const files: { [name: string]: string | { copyFrom: string } } = { 'index.js': { copyFrom: bundle } };
  const asset = LateAsset.folder(stack, () => files);
  addFunction(stack, asset);
  new CfnOutput(stack, 'Hash', { value: asset.objectKey });
  files['config.json'] = '{"added":"after the function"}';
  app.synth();
  return { assembly: join(outdir, 'assembly-Prod'), directory: () => asset.directory() };
}

describe('LateAsset.folder', () => {
  it('holds what was added after its function, in the shared asset folder of a nested assembly', () => {
    const outdir = folder('cdk-');
    const { assembly, directory } = synthInStage(outdir);
    const staged = join(assembly, directory());
    expect(readFileSync(join(staged, 'config.json'), 'utf8')).toBe('{"added":"after the function"}');
    expect(readFileSync(join(staged, 'index.js'), 'utf8')).toBe('exports.handler = async () => 1;\n');
    expect(readdirSync(outdir)).toContain(directory().split('/').at(-1));
    const entries = Object.entries(manifestOf(assembly)).filter(([, file]) => file.source.packaging === 'zip');
    expect(entries.map(([hash, file]) => [`../asset.${hash}`, file.source.path])).toEqual([[directory(), directory()]]);
  });

  it('is the same, byte for byte, in another directory', () => {
    const first = synthInStage(folder('a-'));
    const second = synthInStage(folder('b-'));
    expect(second.directory()).toBe(first.directory());
    for (const name of readdirSync(first.assembly).filter((file) => /\.(template|assets)\.json$/.test(file))) {
      expect(readFileSync(join(second.assembly, name), 'utf8')).toBe(readFileSync(join(first.assembly, name), 'utf8'));
    }
  });

  it('names the uploaded object in the template', () => {
    const outdir = folder('cdk-');
    const stack = new Stack(new App({ outdir }), 'Stack');
    const asset = LateAsset.folder(stack, () => ({ 'index.js': '' }));
    addFunction(stack, asset);
    const code = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'))[0]?.['Properties']
      .Code;
    const hash = Object.keys(manifestOf(outdir)).find((key) => asset.directory() === `asset.${key}`);
    expect(code.S3Key).toBe(`${hash}.zip`);
    expect(code.S3Bucket).toEqual({ 'Fn::Sub': expect.stringContaining('cdk-') });
  });

  it('goes to the parent of a nested stack', () => {
    const outdir = folder('cdk-');
    const app = new App({ outdir });
    const nested = new NestedStack(new Stack(app, 'Stack'), 'Nested');
    const asset = LateAsset.folder(nested, () => ({ 'index.js': '1' }));
    addFunction(nested, asset);
    app.synth();
    expect(Object.values(manifestOf(outdir)).map((file) => file.source.path)).toContain(asset.directory());
  });

  it('does not freeze a content that somebody resolved too early', () => {
    const stack = new Stack(new App({ outdir: folder('cdk-') }), 'Stack');
    let files: LateFiles = { 'a.txt': 'early' };
    const asset = LateAsset.folder(stack, () => files);
    const early = stack.resolve(asset.objectKey);
    files = { 'a.txt': 'late' };
    expect(stack.resolve(asset.objectKey)).not.toBe(early);
  });

  it('tells names from contents', () => {
    const stack = new Stack(new App({ outdir: folder('cdk-') }), 'Stack');
    const hash = (files: LateFiles): string => stack.resolve(LateAsset.folder(stack, () => files).objectKey) as string;
    expect(hash({ a: 'bc' })).not.toBe(hash({ ab: 'c' }));
    expect(hash({ a: 'x', b: 'y' })).toBe(hash({ b: 'y', a: 'x' }));
  });
});

describe('LateAsset.file', () => {
  it('stages one file under its extension', () => {
    const outdir = folder('cdk-');
    const app = new App({ outdir });
    const stack = new Stack(app, 'Stack');
    const asset = LateAsset.file(stack, () => '{"version":1}');
    new SsmParameter(stack, 'Key', { type: 'String', value: `${asset.bucketName}/${asset.objectKey}` });
    app.synth();
    expect(readFileSync(join(outdir, asset.directory()), 'utf8')).toBe('{"version":1}');
    const [hash, file] =
      Object.entries(manifestOf(outdir)).find(([, entry]) => entry.source.path === asset.directory()) ?? [];
    expect(file?.source).toEqual({ path: `asset.${hash}.json`, packaging: 'file' });
    const template = readFileSync(join(outdir, 'Stack.template.json'), 'utf8');
    expect(template).toContain(`/${hash}.json`);
  });
});
