/** How much a browser loads: the page's first load, each of its pages, and @attune/react, as built from the sources. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { loadedBytes } from '../packages/react/loaded-bytes.ts';

const root = join(import.meta.dirname, '..');
const web = join(root, 'apps/web');
const react = join(root, 'packages/react');

export interface Bundle {
  name: string;
  /** Bytes after gzip at its highest level. */
  gzip_bytes: number;
}

export interface Bundles {
  /** What every visit loads before it shows anything, without fonts. */
  first_load: Bundle[];
  /** What a page adds to that when it is opened first; pages that are not named add nothing. */
  pages: Bundle[];
  /** What loads only when a text or a form calls for it. */
  on_demand: Bundle[];
  /** Entries of @attune/react with all that they import, without React. */
  react: Bundle[];
}

const reactEntries = {
  'basic widget (`@attune/react/message-feedback`)': 'message-feedback.js',
  'everything (`@attune/react`)': 'index.js',
  'without a look (`@attune/react/headless`)': 'headless.js',
  'custom element (`attune-feedback.js`)': 'attune-feedback.js',
  'style sheet (`attune.css`)': 'attune.css',
};

/** Builds both and weighs them. */
export async function bundles(): Promise<Bundles> {
  return { ...(await webBundles()), react: await reactBundles() };
}

type Chunk = Rolldown.OutputChunk;
type Built = ReadonlyMap<string, Chunk | Rolldown.OutputAsset>;

async function webBundles(): Promise<Omit<Bundles, 'react'>> {
  const output = await build({ root: web, logLevel: 'error', build: { write: false } });
  if (!('output' in output)) throw new Error('Vite built something else than one page.');
  const built: Built = new Map(output.output.map((file) => [file.fileName, file]));
  const chunks = output.output.filter((file) => file.type === 'chunk');
  const first = new Set(chunks.filter(({ isEntry }) => isEntry).flatMap((entry) => loadedWith(entry, built)));
  const later = chunks
    .filter((chunk) => chunks.some(({ dynamicImports }) => dynamicImports.includes(chunk.fileName)))
    .map((chunk) => ({
      name: chunk.name,
      gzip_bytes: weightOf(
        loadedWith(chunk, built).filter((file) => !first.has(file)),
        built,
      ),
    }));
  const isPage = ({ name }: Bundle) => name.endsWith('-page');
  return {
    first_load: heaviestFirst(
      [...first].map((file) => ({ name: plainName(file), gzip_bytes: weightOf([file], built) })),
    ),
    pages: heaviestFirst(later.filter(isPage)),
    on_demand: heaviestFirst(later.filter((bundle) => !isPage(bundle))),
  };
}

/** Names of the files that come with a chunk: itself, what it imports at once, and their style sheets. */
function loadedWith(entry: Chunk, built: Built): string[] {
  const files = new Set<string>();
  const add = (fileName: string) => {
    const file = built.get(fileName);
    if (file?.type !== 'chunk' || files.has(fileName)) return;
    files.add(fileName);
    for (const style of file.viteMetadata?.importedCss ?? []) files.add(style);
    for (const imported of file.imports) add(imported);
  };
  add(entry.fileName);
  return [...files];
}

function weightOf(fileNames: readonly string[], built: Built): number {
  return fileNames.reduce((sum, fileName) => {
    const file = built.get(fileName);
    if (file === undefined) throw new Error(`The build lacks ${fileName}.`);
    return sum + gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length;
  }, 0);
}

/** A file's name without its folder and the hash of its content. */
function plainName(fileName: string): string {
  return fileName.replace(/^.*\//, '').replace(/-[\w-]{8}(?=\.\w+$)/, '');
}

function heaviestFirst(kept: readonly Bundle[]): Bundle[] {
  return kept.toSorted((a, b) => b.gzip_bytes - a.gzip_bytes);
}

async function reactBundles(): Promise<Bundle[]> {
  await promisify(execFile)(process.execPath, [join(react, 'build.ts')]);
  return Promise.all(
    Object.entries(reactEntries).map(async ([name, file]) => ({
      name,
      gzip_bytes: await loadedBytes(join(react, 'dist/'), file),
    })),
  );
}
