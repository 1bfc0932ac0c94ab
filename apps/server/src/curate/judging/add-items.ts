import {
  AttuneError,
  type addJudgingItems as declared,
  type RequestOf,
  type ResponseOf,
} from '@attune/contracts';
import type { Actor } from '../curate.ts';
import { DropReport } from '../preparation/drop-report.ts';
import { insertItems, knownKeys } from './item-store.ts';
import type { Judging } from './judging.ts';
import type { ProjectRow } from './project-store.ts';
import { findProject } from './projects.ts';
import { itemsFromAnswers } from './sources/competing-answers.ts';
import { itemKey, misfit, type NewItem } from './sources/new-item.ts';
import { itemsFromFeedback } from './sources/rated-answers.ts';
import { itemsFromPairs } from './sources/stored-pairs.ts';
import { itemsFromRows, type RowFault } from './sources/uploaded-rows.ts';

type Body = RequestOf<typeof declared>['body'];
type Added = ResponseOf<typeof declared>;

const SAMPLE = 5;

/**
 * Adds items to a project; what it has already is counted, what its questions do not fit is left out and said.
 * @throws AttuneError `judging_project_not_found`, `dataset_not_found`, or `judging_project_fixed` when it is closed
 */
export async function addItems(judging: Judging, actor: Actor, id: string, body: Body): Promise<Added> {
  const { organization, principal } = actor;
  const project = await findProject(judging.db, organization, id);
  if (project.status === 'closed') {
    throw new AttuneError('judging_project_fixed', { message: 'The project is closed: reopen it first.' });
  }
  const { items, errors } = await itemsFor(judging, project, body);
  const report = new DropReport();
  const fitting = fittingItems(project, items, report);
  const fresh = await newOnes(judging, project, fitting);
  const added = body.preview ? fresh.length : await insertItems(judging.db, project, fresh);
  if (!body.preview && added > 0) {
    const details = { from: body.from, added };
    await judging.audit.record({
      organization,
      actor: principal,
      action: 'judging.items_added',
      subject: `judging:${id}`,
      details,
    });
    judging.changed(organization);
  }
  return {
    added,
    already_there: fitting.length - added,
    left_out: report.rows(),
    errors,
    sample: fresh.slice(0, SAMPLE).map(({ query }) => query),
  };
}

async function itemsFor(
  { db, candidates, trainable }: Judging,
  { organization, questions }: ProjectRow,
  body: Body,
): Promise<{ items: NewItem[]; errors: RowFault[] }> {
  switch (body.from) {
    case 'rows':
      return itemsFromRows(questions, body.rows);
    case 'pairs':
      return { items: await itemsFromPairs(db, organization, body), errors: [] };
    case 'answers':
      return { items: await itemsFromAnswers(candidates, organization, questions, body), errors: [] };
    case 'feedback':
      return { items: await itemsFromFeedback(trainable, organization, questions, body), errors: [] };
  }
}

function fittingItems({ questions }: ProjectRow, items: readonly NewItem[], report: DropReport): NewItem[] {
  return items.filter((item) => {
    const reason = misfit(questions, item);
    if (reason !== null) report.add(reason, item.query);
    return reason === null;
  });
}

async function newOnes({ db }: Judging, { id }: ProjectRow, items: readonly NewItem[]): Promise<NewItem[]> {
  const byKey = new Map(items.map((item) => [itemKey(item), item]));
  const known = await knownKeys(db, id, [...byKey.keys()]);
  return [...byKey].flatMap(([key, item]) => (known.has(key) ? [] : [item]));
}
