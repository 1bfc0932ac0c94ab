import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Encrypts what the database keeps of other people's secrets. */
export interface SecretBox {
  seal(text: string): string;
  /** @throws SecretUnreadable when it was sealed with another key or is damaged */
  open(sealed: string): string;
}

/** A secret was sealed with a key that this server does not have. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
}

const VERSION = 'v1';
const [IV_BYTES, TAG_BYTES, KEY_BYTES] = [12, 16, 32];

/**
 * A box whose key is the file `secrets.key` of the data folder (mode 0600), made when it is missing: a copy of the
 * database alone gives no secret away. AES-256-GCM, a fresh nonce for each.
 */
export async function openSecretBox(folder: string): Promise<SecretBox> {
  const key = await keyIn(join(folder, 'secrets.key'));
  return {
    seal: (text) => {
      const nonce = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${VERSION}:${Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64')}`;
    },
    open: (sealed) => {
      const [version, text = ''] = sealed.split(':');
      const bytes = Buffer.from(text, 'base64');
      if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) throw unreadable();
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const hidden = bytes.subarray(IV_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(hidden), decipher.final()]).toString('utf8');
      } catch (error) {
        throw unreadable(error);
      }
    },
  };
}

function unreadable(cause?: unknown): SecretUnreadable {
  const message = 'A stored secret cannot be read with the key in secrets.key: enter it again.';
  return new SecretUnreadable(message, { cause });
}

async function keyIn(file: string): Promise<Buffer> {
  // Of replicas that start at once, one makes it and the others read it.
  await writeFile(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  const key = Buffer.from(await readFile(file, 'utf8'), 'base64');
  if (key.length !== KEY_BYTES)
    throw new Error(`${file} holds no key of 32 bytes; restore it from a backup.`);
  return key;
}
