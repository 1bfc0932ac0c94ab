import { AttuneError, listAudit } from '@attune/contracts';
import { decodeCursor, toPage } from '../http/page.ts';
import { type Route, route } from '../http/route.ts';
import type { IdentityNeeds } from './identity-needs.ts';
import * as store from './store.ts';

/** The audit log of the caller's organisation. */
export function auditRoutes({ database }: IdentityNeeds): Route[] {
  return [
    route(listAudit, async ({ query, caller }) => {
      const before = query.cursor === undefined ? null : positionOf(query.cursor);
      const rows = await store.listAudit(database.sql, caller.organization, before, query.limit + 1);
      return toPage(
        rows,
        query.limit,
        ({ position }) => [position],
        ({ id, at, actor, action, subject, details, previous_hash, hash }) => {
          return { id, at: at.toISOString(), actor, action, subject, details, previous_hash, hash };
        },
      );
    }),
  ];
}

function positionOf(cursor: string): number {
  const position = Number(decodeCursor(cursor, 1)[0]);
  if (!Number.isSafeInteger(position)) throw new AttuneError('invalid_cursor');
  return position;
}
