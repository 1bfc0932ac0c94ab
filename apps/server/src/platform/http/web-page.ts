import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { codingsFor, type KeptCoding } from './content-coding.ts';
import { entityTag, isKnown } from './entity-tag.ts';
import { securityHeaders } from './security-headers.ts';

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
  // Addresses end with versions of models, as in `/deploy/reward@1.0.0`; no file does.
  if (/^(\.\d+)?$/.test(extname(path))) return 'index.html';
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

/** A file in the first coding that there is of it, else plain; null when there is no such file. */
async function encoded(file: string, codings: readonly KeptCoding[]) {
  for (const { coding, ending } of codings) {
    const content = await contentOf(file + ending);
    if (content !== null) return { content, coding };
  }
  const content = await contentOf(file);
  return content === null ? null : { content, coding: null };
}

/**
 * Answers a GET outside the API from the built web page; addresses without a file's extension get index.html, as the
 * page does its own routing. Files come compressed where the build left them so, and only to who lacks them.
 * @returns null when there is no such file
 */
export async function webPage(folder: string, request: Request): Promise<Response | null> {
  const name = fileAt(new URL(request.url).pathname);
  if (name === null) return null;
  const file = await encoded(join(folder, name), codingsFor(request.headers.get('accept-encoding')));
  if (file === null) return null;
  const tag = entityTag(file.content);
  const headers: Record<string, string> = {
    ...securityHeaders,
    // Vite puts a hash of the content into the names under assets/.
    'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: tag,
    vary: 'accept-encoding',
  };
  if (isKnown(tag, request.headers.get('if-none-match'))) return new Response(null, { status: 304, headers });
  headers['content-type'] = types[extname(name)] ?? 'application/octet-stream';
  if (file.coding !== null) headers['content-encoding'] = file.coding;
  return new Response(file.content, { headers });
}
