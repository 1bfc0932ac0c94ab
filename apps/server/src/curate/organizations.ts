import type { Curate } from './curate.ts';

/** Every organisation of this installation: the schedule serves all of them. */
export async function allOrganizations({ db }: Curate): Promise<string[]> {
  const rows = await db.selectFrom('organizations').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}
