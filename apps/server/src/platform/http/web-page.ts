import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** What the file system says of an address that no file can have. */
const NO_SUCH_FILE = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']);

/** The file that an address means, relative to the folder; null where it leaves the folder or cannot be read. */
function fileAt(path: string): string | null {
  if (extname(path) === '') return 'index.html';
  try {
    const name = normalize(decodeURIComponent(path)).replace(/^[/\\]+/, '');
    return name.startsWith('..') ? null : name;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

async function contentOf(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_SUCH_FILE.has(String(error.code))) return null;
    throw error;
  }
}

/**
 * Answers a GET outside the API from the built web page; addresses without an extension get index.html, as the
 * page does its own routing. Null when there is no such file.
 */
export async function webPage(folder: string, path: string): Promise<Response | null> {
  const name = fileAt(path);
  const bytes = name === null ? null : await contentOf(join(folder, name));
  if (name === null || bytes === null) return null;
  // Vite puts a hash of the content into the names under assets/.
  const cache = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const type = types[extname(name)] ?? 'application/octet-stream';
  return new Response(bytes, { headers: { 'content-type': type, 'cache-control': cache } });
}
