// Plugin of TypeDoc: pages are called by their headings and keep the address of their file; entries of the package are called as they are imported.
import { Converter, KindRouter, ReflectionKind } from 'typedoc';
import { ENTRIES } from './typedoc.config.mjs';

/** Page to its file's name. */
const files = new WeakMap();

class FileRouter extends KindRouter {
  getIdealBaseName(reflection) {
    return files.has(reflection) ? `docs/${files.get(reflection)}` : super.getIdealBaseName(reflection);
  }
}

export function load(app) {
  app.renderer.defineRouter('files', FileRouter);
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, page) => {
    files.set(page, page.name.split('/').at(-1));
    const [{ text = '' } = {}] = page.content;
    page.name = /^# (.+)$/m.exec(text)?.[1] ?? page.name;
  });
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_context, entry) => {
    if (entry.kind !== ReflectionKind.Module) return;
    for (const [name, source] of Object.entries(ENTRIES)) {
      if (source === `${entry.name}/index.ts`) entry.name = name;
    }
  });
}
