import { RatingRow } from '@attune/contracts';
import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { Importers } from '../imports/importers.ts';
import { storeFeedback } from './stored-feedback.ts';

/** Stores ratings as the room that owns them would; conversations are its own affair. */
export function storingImporters(db: Kysely<Tables>): Importers {
  return {
    async ratings(organization, rows) {
      const good = rows.map(({ data }) => RatingRow.parse(data));
      const given = good.map((row) => ({
        query: row.user_prompt,
        response: row.ai_response,
        rating: row.rating,
      }));
      await storeFeedback(db, organization, given);
      return { imported: good.length, already_there: 0, errors: [] };
    },
    conversations: () => Promise.reject(new Error('tested with a whole server')),
  };
}
