import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import { hashSecret, newSecret } from './tokens.ts';

const LINK_HOURS = 24;

export interface SignInLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * A link that signs a member in once, within a day. The token stands behind `#`, so that it reaches no
 * server log, no proxy and no Referer header.
 */
export async function addSignInLink(
  sql: Database['sql'],
  clock: Clock,
  publicUrl: string,
  member: { id: string; organization: string },
): Promise<SignInLink> {
  const token = newSecret('atl');
  const expiresAt = new Date(clock.now().getTime() + LINK_HOURS * 3_600_000);
  await sql
    .insertInto('sign_in_links')
    .values({
      token_hash: hashSecret(token),
      organization: member.organization,
      member_id: member.id,
      expires_at: expiresAt,
    })
    .execute();
  return { url: `${publicUrl.replace(/\/$/, '')}/sign-in#${token}`, expiresAt };
}
