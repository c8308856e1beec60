import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Files of a project by path, with `/` between folders. */
export type ProjectFiles = ReadonlyMap<string, string>;

/**
 * Reads template folders and puts values in place of `{{name}}`, in paths and texts. A later folder's file replaces an earlier one's.
 * A path that begins with `_` stands for one that begins with a dot, which no archive of a package carries.
 * @param root folder of all templates
 */
export function renderTemplates(
  root: string,
  folders: readonly string[],
  values: { readonly [name: string]: string },
): ProjectFiles {
  const sources = new Map<string, string>();
  for (const folder of folders) {
    for (const path of filesOf(join(root, folder))) sources.set(path, join(root, folder, path));
  }
  return new Map(
    [...sources].map(([path, source]) => [
      render(path.replace(/^_/, '.'), values),
      render(readFileSync(source, 'utf8'), values),
    ]),
  );
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function render(text: string, values: { readonly [name: string]: string }): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a template asks for ${name}, which nobody gives`);
    return value;
  });
}
