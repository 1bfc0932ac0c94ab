import { AttuneError, type Judge } from '@attune/contracts';
import type { Db } from './judging.ts';

/** A judge who is a member or key no more keeps a name in what they judged. */
const GONE = 'former judge';

/**
 * Members and API keys by their ids.
 * @throws AttuneError `member_not_found` naming the first that isn't known
 */
export async function judgesByIds(db: Db, organization: string, ids: readonly string[]): Promise<Judge[]> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  const found = await findPeople(db, organization, wanted);
  const known = new Map(found.map((judge) => [judge.id, judge]));
  return wanted.map((id) => {
    const judge = known.get(id);
    if (judge !== undefined) return judge;
    throw new AttuneError('member_not_found', {
      param: 'judges',
      message: `No member or API key with the id ${id} exists in your organisation.`,
    });
  });
}

/** Judges by their principals, in the given order; those who are gone too. */
export async function judgesByPrincipals(
  db: Db,
  organization: string,
  principals: readonly string[],
): Promise<Judge[]> {
  const people = await findPeople(db, organization, principals.map(idIn));
  const known = new Map(people.map((judge) => [judge.principal, judge]));
  return principals.map(
    (principal) => known.get(principal) ?? { id: idIn(principal), principal, name: GONE, email: null },
  );
}

/** Names of judges by their principals. */
export async function judgeNames(
  db: Db,
  organization: string,
  principals: readonly string[],
): Promise<Map<string, string>> {
  const judges = await judgesByPrincipals(db, organization, [...new Set(principals)]);
  return new Map(judges.map(({ principal, name }) => [principal, name]));
}

/** More are named to a project by the API. */
const MOST_LISTED = 500;

/** Members whose role lets them judge, by name. */
export async function possibleJudges(db: Db, organization: string): Promise<{ judges: Judge[] }> {
  const members = await db
    .selectFrom('members')
    .select(['id', 'name', 'email'])
    .where('organization', '=', organization)
    .where('role', '!=', 'viewer')
    .orderBy('name')
    .orderBy('email')
    .limit(MOST_LISTED)
    .execute();
  return { judges: members.map(ofMember) };
}

function idIn(principal: string): string {
  return principal.slice(principal.indexOf(':') + 1);
}

async function findPeople(db: Db, organization: string, ids: readonly string[]): Promise<Judge[]> {
  if (ids.length === 0) return [];
  const members = await db
    .selectFrom('members')
    .select(['id', 'name', 'email'])
    .where('organization', '=', organization)
    .where('id', 'in', ids)
    .execute();
  const keys = await db
    .selectFrom('api_keys')
    .select(['id', 'name'])
    .where('organization', '=', organization)
    .where('id', 'in', ids)
    .where('revoked_at', 'is', null)
    .execute();
  return [
    ...members.map(ofMember),
    ...keys.map((key) => ({ ...key, principal: `key:${key.id}`, email: null })),
  ];
}

/** Whoever has given no name goes by their address. */
function ofMember({ id, name, email }: { id: string; name: string; email: string }): Judge {
  return { id, principal: `member:${id}`, name: name === '' ? email : name, email };
}
