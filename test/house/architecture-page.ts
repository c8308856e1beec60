import { read } from './source-files';

/** Rows of the tables of docs/architecture.md, each as its cells; the heads of their columns come first. */
const ROWS = read('docs/architecture.md')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim()));

/** Rows of the table whose first head is this. */
function tableRows(head: string): string[][] {
  const start = ROWS.findIndex(([first]) => first === head);
  if (start < 0) throw new Error(`docs/architecture.md has no table of ${head}`);
  const rest = ROWS.slice(start + 2);
  const next = rest.findIndex(([first]) => /^-+$/.test(first ?? ''));
  return next < 0 ? rest : rest.slice(0, next - 1);
}

const IMPORTS = 'from \\ may import';

/** Rooms that each room may import, itself included, as folders: `lib/policy`. */
export const IMPORT_TABLE: ReadonlyMap<string, readonly string[]> = new Map(
  tableRows(IMPORTS).map(([room = '', ...cells]) => {
    const columns = ROWS.find(([first]) => first === IMPORTS)?.slice(1) ?? [];
    return [folderOf(room), columns.filter((_, index) => /^(?:yes|itself)$/.test(cells[index] ?? '')).map(folderOf)];
  }),
);

function folderOf(room: string): string {
  return room === 'lambda' ? room : `lib/${room}`;
}

const FLOORS = new Map(
  tableRows('Room').map(([room = '', floors = '']) => [room.replaceAll('`', ''), floors.split('›')]),
);

/** Rooms with a stated order inside: `lib/policy/`. */
export const ROOMS_WITH_FLOORS: readonly string[] = [...FLOORS.keys()];

/** The floor of each file (`model`) and folder (`schema/`) of a room, counted from the ground. */
export function floorsOf(room: string): ReadonlyMap<string, number> {
  const floors = FLOORS.get(room) ?? [];
  return new Map(
    floors.flatMap((floor, height) =>
      [...floor.matchAll(/`([^`]+)`/g)].map(([, unit = '']): [string, number] => [unit, height]),
    ),
  );
}

/** What of a folder a file belongs to: a subfolder with its slash, or itself without its ending. */
export function unitOf(file: string, folder: string): string {
  const [first = '', ...others] = file.slice(folder.length).split('/');
  return others.length === 0 ? first.replace(/\.ts$/, '') : `${first}/`;
}
