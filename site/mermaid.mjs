// Plugin of TypeDoc: fenced blocks of Mermaid become diagrams. The site serves the script itself.
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { JSX, RendererEvent } from 'typedoc';

const script = createRequire(import.meta.url).resolve('@mermaid-js/tiny');

/** Dark or light, as the page is when it is opened. */
const draw = `
const blocks = [...document.querySelectorAll('pre > code.mermaid')].map((code) => {
  const picture = document.createElement('div');
  picture.className = 'diagram';
  picture.textContent = code.textContent;
  code.parentElement.replaceWith(picture);
  return picture;
});
if (blocks.length > 0) {
  const chosen = document.documentElement.dataset.theme;
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const script = document.createElement('script');
  script.src = new URL('assets/mermaid.tiny.js', new URL(document.documentElement.dataset.base, document.baseURI));
  script.onload = () => {
    mermaid.initialize({ startOnLoad: false, theme: dark ? 'dark' : 'default' });
    mermaid.run({ nodes: blocks });
  };
  document.body.append(script);
}`;

export function load(app) {
  app.renderer.hooks.on('body.end', () =>
    JSX.createElement('script', null, JSX.createElement(JSX.Raw, { html: draw })),
  );
  app.renderer.on(RendererEvent.END, ({ outputDirectory }) => {
    copyFileSync(script, join(outputDirectory, 'assets', 'mermaid.tiny.js'));
  });
}
