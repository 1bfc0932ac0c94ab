import { type Expression, type RawBuilder, sql } from 'kysely';

/** As the column `query_hash` of pairs: the same for a question, or a context, whatever its case and spaces. */
export function questionHash(question: string | Expression<string>): RawBuilder<string> {
  return sql<string>`md5(lower(btrim(regexp_replace(${question}, '\\s+', ' ', 'g'))))`;
}
