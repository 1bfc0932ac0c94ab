import { AttuneError } from '@attune/contracts';

const JSON_TYPE = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i;

/**
 * Reads a JSON body of at most `maxBytes`. A body that announces more is refused unread; one that turns out
 * longer is refused at the limit.
 * @throws AttuneError `body_too_large`, `malformed_json` or `unsupported_media_type`
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? 'application/json';
  if (!JSON_TYPE.test(type)) {
    throw new AttuneError('unsupported_media_type', { param: 'content-type' });
  }
  const announced = Number(request.headers.get('content-length'));
  if (announced > maxBytes) throw new AttuneError('body_too_large');
  const text =
    Number.isFinite(announced) && announced > 0 ? await request.text() : await readUpTo(request, maxBytes);
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AttuneError('malformed_json', {}, { cause: error });
  }
}

async function readUpTo(request: Request, maxBytes: number): Promise<string> {
  if (request.body === null) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.byteLength;
    if (length > maxBytes) throw new AttuneError('body_too_large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
