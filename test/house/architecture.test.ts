import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SOURCES } from '../docs/program-folder';
import { floorsOf, IMPORT_TABLE, ROOMS_WITH_FLOORS, unitOf } from './architecture-page';
import { exportedValues, importsOf, ROOT, read, type SourceImport, sourceFiles } from './source-files';

const files = sourceFiles('lib/', 'lambda/', 'bin/');
const known = new Set(files);
const imports = files.flatMap((file) => importsOf(file, known));

function roomOf(path: string): string | undefined {
  return [...IMPORT_TABLE.keys()].find((room) => path.startsWith(`${room}/`));
}

function show(found: readonly SourceImport[]): string[] {
  return found.map(({ from, to }) => `${from} -> ${to}`);
}

describe('the house', () => {
  it('imports only in the directions of the table', () => {
    const broken = imports.filter(({ from, to }) => {
      const room = roomOf(from);
      const target = known.has(to) ? roomOf(to) : undefined;
      return room !== undefined && target !== undefined && !IMPORT_TABLE.get(room)?.includes(target);
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

  it('shows in bin/ only what users can import too; the command line is what `npx governed-gateway` runs', () => {
    const entries = [...Object.values(SOURCES).map((source) => relative(ROOT, source)), 'lib/cli/run.ts'];
    const inside = imports.filter(({ from, to }) => from.startsWith('bin/') && /^(lib|lambda)\//.test(to));
    const own = inside.filter(({ to }) => !to.startsWith('lambda/tools/') && !entries.includes(to));
    expect(show(own)).toEqual([]);
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

  it('has no circle of folders: everything in a folder can be stacked so that imports go down', () => {
    const circles = [...edgesByFolder()].flatMap(([folder, edges]) => {
      const circle = findCycle(edges);
      return circle === undefined ? [] : [`${folder}: ${circle.join(' -> ')}`];
    });
    expect(circles).toEqual([]);
  });

  it.each(ROOMS_WITH_FLOORS)('imports only from lower floors inside %s', (room) => {
    const floor = floorsOf(room);
    const inside = files.filter((file) => file.startsWith(room)).map((file) => unitOf(file, room));
    expect([...new Set(inside)].filter((unit) => !floor.has(unit))).toEqual([]);
    expect([...floor.keys()].filter((unit) => !inside.includes(unit))).toEqual([]);
    const upward = imports.filter(({ from, to }) => {
      if (!from.startsWith(room) || !to.startsWith(room) || unitOf(from, room) === unitOf(to, room)) return false;
      return (floor.get(unitOf(from, room)) ?? 0) <= (floor.get(unitOf(to, room)) ?? 0);
    });
    expect(show(upward)).toEqual([]);
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
    const uses = new Map<string, SourceImport[]>();
    for (const found of everywhere.flatMap((file) => importsOf(file, all))) {
      uses.set(found.to, [...(uses.get(found.to) ?? []), found]);
    }
    const dead = files
      .filter((file) => !/^lambda\/(?:tools\/)?[a-z-]+\/index\.ts$/.test(file))
      .flatMap((file) => {
        const here = uses.get(file) ?? [];
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

/** Imports between the children of each folder: files, and subfolders as one. */
function edgesByFolder(): Map<string, Map<string, string[]>> {
  const byFolder = new Map<string, Map<string, string[]>>();
  for (const { from, to } of imports) {
    if (!known.has(to)) continue;
    const folder = commonFolder(from, to);
    const [own, other] = [unitOf(from, folder), unitOf(to, folder)];
    const edges = byFolder.get(folder) ?? new Map<string, string[]>();
    byFolder.set(folder, edges.set(own, [...(edges.get(own) ?? []), other]));
  }
  return byFolder;
}

function commonFolder(one: string, other: string): string {
  const folders = one.split('/').slice(0, -1);
  while (!other.startsWith([...folders, ''].join('/'))) folders.pop();
  return folders.length === 0 ? '' : `${folders.join('/')}/`;
}

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
