import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { Owner } from './owner.ts';

/** Up to so many turns are gone through one by one; of more, conversations are gone through until a page is full. */
const FEW = 2000;

/** Full-text search as a condition on `conversations AS c` of one owner. */
export async function mentions(db: Kysely<Tables>, owner: Owner, q: string): Promise<RawBuilder<boolean>> {
  const query = wordsOf(q);
  const hits = hitsOf(owner, query);
  const inTitle = sql<boolean>`(c.title IS NOT NULL AND search_words(c.title) @@ ${query})`;
  return (await areFew(db, hits))
    ? sql<boolean>`(${inTitle} OR c.session_id IN (${hits}
        AND response_id > ALL (SELECT hidden_up_to FROM conversations h WHERE hidden_up_to IS NOT NULL
          AND (h.organization, h.asker, h.session_id) = (w.organization, w.asker, w.session_id))))`
    : sql<boolean>`(${inTitle} OR EXISTS (SELECT FROM conversation_words w
        WHERE (w.organization, w.asker, w.session_id) = (c.organization, c.asker, c.session_id)
          AND (c.hidden_up_to IS NULL OR w.response_id > c.hidden_up_to) AND w.words @@ ${query}))`;
}

/** As in a web search; what begins as the last word does is found too, while that word is being written. */
function wordsOf(q: string): RawBuilder<unknown> {
  const typed = sql`nullif(websearch_to_tsquery('simple', ${q.normalize('NFC')})::text, '')`;
  return sql`regexp_replace(${typed}, '(^|[^!])''([^'']{3,})''$', '\\1''\\2'':*')::tsquery`;
}

function hitsOf({ organization, asker }: Owner, query: RawBuilder<unknown>): RawBuilder<unknown> {
  const own = sql`tsvector_to_array(owner_word(${organization}, ${asker}))`;
  return sql`SELECT w.session_id FROM conversation_words w
    WHERE w.words @@ ((${own})[1]::tsquery && ${query})
      AND w.organization = ${organization} AND w.asker = ${asker}`;
}

/** The planner cannot be left to choose: of the words of one owner it has no statistics. */
async function areFew(db: Kysely<Tables>, hits: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (${hits} LIMIT ${FEW + 1}) AS hits`.execute(db);
  return (rows[0]?.n ?? 0) <= FEW;
}
