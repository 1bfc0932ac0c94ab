import { createHmac, randomBytes } from 'node:crypto';
import { batches } from '../batches.ts';
import type { Curate } from '../curate.ts';
import type { Authors } from './format-rows.ts';

const IDS_AT_ONCE = 1000;

/**
 * Who gave each feedback, as they are called in an export: with `mask` by a pseudonym, which is the same in every export
 * of an organisation and can't be traced back without its salt. Feedback that is gone has no author.
 */
export async function authorsOf(
  curate: Pick<Curate, 'db' | 'trainable'>,
  organization: string,
  feedbackIds: readonly string[],
  mask: boolean,
): Promise<Authors> {
  const salt = mask ? await saltOf(curate, organization) : null;
  const authors = new Map<string, string>();
  for (const batch of batches(feedbackIds, IDS_AT_ONCE)) {
    for (const { id, person } of await curate.trainable.byIds(organization, batch)) {
      authors.set(id, salt === null ? person : pseudonym(person, salt));
    }
  }
  return authors;
}

/** HMAC-SHA-256 of the person under the organisation's salt, its first 16 hexadecimal digits. */
function pseudonym(person: string, salt: string): string {
  return `user_${createHmac('sha256', salt).update(person).digest('hex').slice(0, 16)}`;
}

/** Made on first use; of two made at once the first stays. */
async function saltOf({ db }: Pick<Curate, 'db'>, organization: string): Promise<string> {
  await db
    .insertInto('pseudonym_salts')
    .values({ organization, salt: randomBytes(32).toString('base64url') })
    .onConflict((conflict) => conflict.column('organization').doNothing())
    .execute();
  const row = await db
    .selectFrom('pseudonym_salts')
    .select('salt')
    .where('organization', '=', organization)
    .executeTakeFirstOrThrow();
  return row.salt;
}
