import { describe, expect, it } from 'vitest';
import { exportedValues, importsOf, read, type SourceImport, sourceFiles } from './source-files';

/** Who may import whom inside the library; docs/architecture.md explains why. */
const MAY_IMPORT: { readonly [room: string]: readonly string[] } = {
  'lib/contract': ['lib/contract'],
  'lib/diagnostics': ['lib/contract', 'lib/diagnostics'],
  'lib/policy': ['lib/contract', 'lib/diagnostics', 'lib/policy'],
  'lib/constructs': ['lib/contract', 'lib/diagnostics', 'lib/policy', 'lib/constructs'],
  'lib/emulator': ['lib/contract', 'lib/diagnostics', 'lib/policy', 'lib/emulator'],
  'lib/verify': ['lib/contract', 'lib/diagnostics', 'lib/policy', 'lib/emulator', 'lib/verify'],
  'lib/cli': ['lib/contract', 'lib/diagnostics', 'lib/policy', 'lib/emulator', 'lib/verify', 'lib/cli'],
  lambda: ['lib/contract', 'lambda'],
};

const files = sourceFiles('lib/', 'lambda/', 'bin/');
const known = new Set(files);
const imports = files.flatMap((file) => importsOf(file, known));

function roomOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT).find((room) => path.startsWith(`${room}/`));
}

function show(found: readonly SourceImport[]): string[] {
  return found.map(({ from, to }) => `${from} -> ${to}`);
}

describe('the house', () => {
  it('imports only in the directions of the table', () => {
    const broken = imports.filter(({ from, to }) => {
      const room = roomOf(from);
      const target = known.has(to) ? roomOf(to) : undefined;
      return room !== undefined && target !== undefined && !MAY_IMPORT[room]?.includes(target);
    });
    expect(show(broken)).toEqual([]);
  });

  it('keeps the kits apart from the functions that use them, which are not shipped as modules', () => {
    const kits = ['lambda/interceptor-kit', 'lambda/tool-kit'];
    const outside = imports.filter(({ from, to }) => {
      const kit = kits.find((folder) => from.startsWith(`${folder}/`));
      return kit !== undefined && to.startsWith('lambda/') && !to.startsWith(`${kit}/`);
    });
    expect(show(outside)).toEqual([]);
  });

  it('keeps the contract a leaf: it imports no package but Node', () => {
    const packages = imports.filter(({ from, to }) => from.startsWith('lib/contract/') && !known.has(to));
    expect(show(packages.filter(({ to }) => !to.startsWith('node:')))).toEqual([]);
  });

  it('keeps CDK out of everything but constructs and apps', () => {
    const cdk = imports.filter(({ to }) => to === 'constructs' || to.startsWith('aws-cdk-lib'));
    const outside = cdk.filter(({ from }) => !from.startsWith('lib/constructs/') && !from.startsWith('bin/'));
    expect(show(outside)).toEqual([]);
  });

  it('opens one door to Cedar', () => {
    const doors = imports
      .filter(({ to, typeOnly }) => to.startsWith('@cedar-policy/') && !typeOnly)
      .map(({ from }) => from);
    expect(doors.filter((from) => !from.startsWith('lib/policy/cedar/'))).toEqual([]);
  });

  it('has no cycle of imports, those of types included', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of imports) {
      if (known.has(to)) edges.set(from, [...(edges.get(from) ?? []), to]);
    }
    expect(findCycle(edges)).toBeUndefined();
  });

  it('has no source file over 350 lines', () => {
    const long = files
      .map((file) => ({ file, lines: read(file).split('\n').length }))
      .filter(({ lines }) => lines > 350);
    expect(long).toEqual([]);
  });

  it('exports no value that nothing imports', () => {
    const everywhere = sourceFiles('lib/', 'lambda/', 'bin/', 'bench/', 'scripts/', 'test/');
    const all = new Set(everywhere);
    const used = everywhere.flatMap((file) => importsOf(file, all));
    const dead = files
      .filter((file) => !/^lambda\/(?:tools\/)?[a-z-]+\/index\.ts$/.test(file))
      .flatMap((file) => {
        const here = used.filter(({ to }) => to === file);
        const isUsed = (name: string): boolean => here.some(({ names }) => names === undefined || names.includes(name));
        return exportedValues(file).flatMap((name) => (isUsed(name) ? [] : [`${file}: ${name}`]));
      });
    expect(dead).toEqual([]);
  });

  it('resolves every relative import to a file', () => {
    const lost = imports.filter(({ to }) => /^(lib|lambda|bin)\//.test(to) && !known.has(to));
    expect(show(lost)).toEqual([]);
  });
});

function findCycle(edges: ReadonlyMap<string, string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const start of edges.keys()) {
    const cycle = visit(start, []);
    if (cycle) return cycle;
  }
  return undefined;
}
