import type { adjudicate as declared, JudgingItem, RequestOf } from '@attune/contracts';
import type { Actor } from '../curate.ts';
import { checkAnswers } from './check-answers.ts';
import { findItem, toItem } from './items.ts';
import { lengthsOf } from './judge-item.ts';
import type { Judging } from './judging.ts';
import { findProject } from './projects.ts';

/**
 * Decides an item for good: nobody is asked about it any more, and pairs follow the decision. Deciding again replaces
 * the decision.
 * @throws AttuneError `judging_item_not_found` or `judging_answer_invalid`
 */
export async function adjudicateItem(
  { db, clock, audit, changed }: Judging,
  { organization, principal, email }: Actor,
  id: string,
  { answers, note }: RequestOf<typeof declared>['body'],
): Promise<JudgingItem> {
  const item = await findItem(db, organization, id);
  const { questions } = await findProject(db, organization, item.project_id);
  checkAnswers(questions, answers, lengthsOf(item));
  const decision = { answers, note, by: email ?? principal, at: clock.now().toISOString() };
  const row = await db.transaction().execute(async (trx) => {
    const details = { project: item.project_id, answers };
    await audit.record(
      {
        organization,
        actor: principal,
        action: 'judging.adjudicated',
        subject: `judging_item:${id}`,
        details,
      },
      trx,
    );
    return trx
      .updateTable('judging_items')
      .set({ adjudication: JSON.stringify(decision) })
      .where('organization', '=', organization)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  changed(organization);
  return toItem(row);
}
