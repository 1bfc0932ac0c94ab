import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const Claims = z.object({
  /** Organisation. */
  o: z.string(),
  /** The one answer it may speak about. */
  r: z.uuid(),
  /** Person on whose behalf, if the application named one. */
  u: z.string().nullable(),
  /** Expiry, seconds since 1970. */
  e: z.number(),
});

const TOKEN = /^fbt_([\w-]+)\.([\w-]+)$/;

export interface FeedbackClaims {
  readonly organization: string;
  readonly responseId: string;
  readonly userId: string | null;
}

/** Mints and verifies the short-lived tokens that let a browser give feedback on one answer without a key. */
export interface FeedbackTokens {
  mint(organization: string, responseId: string, userId: string | null): string;
  /** The claims of a genuine token that has not expired, else null. */
  verify(token: string): FeedbackClaims | null;
}

/**
 * Tokens are `fbt_<claims>.<mac>`: base64url JSON and HMAC-SHA256 (RFC 2104) over it.
 * @param secret 32 bytes or more, the same on every replica.
 */
export function createFeedbackTokens(secret: Buffer, hours: number, now: () => Date): FeedbackTokens {
  // As a key object: from a buffer Node makes one for every token, which takes ten times as long as the token.
  const key = createSecretKey(secret);
  const mac = (payload: string) => createHmac('sha256', key).update(payload).digest();
  return {
    mint(organization, responseId, userId) {
      const expires = Math.floor(now().getTime() / 1000) + hours * 3600;
      const claims: z.infer<typeof Claims> = { o: organization, r: responseId, u: userId, e: expires };
      const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
      return `fbt_${payload}.${mac(payload).toString('base64url')}`;
    },
    verify(token) {
      const [, payload, signature] = TOKEN.exec(token) ?? [];
      if (payload === undefined || signature === undefined) return null;
      const given = Buffer.from(signature, 'base64url');
      const expected = mac(payload);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      // The signature is ours, so the payload is what `mint` wrote; another version may have written other claims.
      const claims = Claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!claims.success || claims.data.e * 1000 < now().getTime()) return null;
      return { organization: claims.data.o, responseId: claims.data.r, userId: claims.data.u };
    },
  };
}
