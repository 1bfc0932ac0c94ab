import { AttuneError } from '@attune/contracts';

const JSON_TYPE = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i;
/** So much of a body that is too large is read and thrown away, so that the client hears why it is refused. */
const MOST_DISCARDED = 64 * 1024 * 1024;

/**
 * Reads a body of bytes of one of some media types, of at most `maxBytes`.
 * @throws AttuneError `body_too_large` or `unsupported_media_type`
 */
export async function readFile(request: Request, types: readonly string[], maxBytes: number): Promise<File> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!types.includes(type)) {
    const message = `The body must be one of ${types.join(', ')}, named in \`content-type\`.`;
    throw new AttuneError('unsupported_media_type', { param: 'content-type', message });
  }
  refuseFarTooLarge(request, maxBytes);
  return new File([await readUpTo(request, maxBytes)], 'body', { type });
}

/**
 * Reads a JSON body of at most `maxBytes`. Of a larger one at most `maxBytes` are ever held, and the connection can
 * serve the next request, unless the body is larger by far.
 * @throws AttuneError `body_too_large`, `malformed_json` or `unsupported_media_type`
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? 'application/json';
  if (!JSON_TYPE.test(type)) throw new AttuneError('unsupported_media_type', { param: 'content-type' });
  const announced = refuseFarTooLarge(request, maxBytes);
  const text =
    announced <= maxBytes ? await request.text() : (await readUpTo(request, maxBytes)).toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AttuneError('malformed_json', {}, { cause: error });
  }
}

/** @returns the announced length; NaN where there is none */
function refuseFarTooLarge(request: Request, maxBytes: number): number {
  const announced = Number(request.headers.get('content-length') ?? Number.NaN);
  if (announced > maxBytes + MOST_DISCARDED) throw new AttuneError('body_too_large');
  return announced;
}

async function readUpTo(request: Request, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  if (request.body === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.byteLength;
    if (length <= maxBytes) parts.push(part);
    else parts.length = 0;
    if (length > maxBytes + MOST_DISCARDED) break;
  }
  if (length > maxBytes) throw new AttuneError('body_too_large');
  return Buffer.concat(parts);
}
