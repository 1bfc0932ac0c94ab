import type { Database } from '../db/open.ts';
import { isId } from '../ids.ts';

/** A member by the principal that their acts are signed with. */
export interface MemberName {
  /** `member:<id>`. */
  readonly principal: string;
  readonly name: string;
  readonly email: string;
}

const PREFIX = 'member:';

/** Names of those principals that are members of an organisation; the ones who left are missing. */
export async function memberNames(
  sql: Database['sql'],
  organization: string,
  principals: readonly string[],
): Promise<MemberName[]> {
  const ids = principals
    .filter((principal) => principal.startsWith(PREFIX))
    .map((principal) => principal.slice(PREFIX.length))
    .filter(isId);
  if (ids.length === 0) return [];
  const rows = await sql
    .selectFrom('members')
    .select(['id', 'name', 'email'])
    .where('organization', '=', organization)
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ id, name, email }) => ({ principal: `${PREFIX}${id}`, name, email }));
}
