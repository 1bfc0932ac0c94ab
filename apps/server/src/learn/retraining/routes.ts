import {
  createRetrainingRule,
  deleteRetrainingRule,
  dryRunRetraining,
  getRetrainingRule,
  listRetrainingDecisions,
  listRetrainingRules,
  type RetrainingRule,
  runRetraining,
  updateRetrainingRule,
} from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Learn } from '../learn.ts';
import { decisionView, listDecisions } from './decision-log.ts';
import { lookAt } from './look.ts';
import { listRules, type RuleRow } from './rule-store.ts';
import { ruleViews } from './rule-view.ts';
import { addRule, removeRule, ruleOf, updateRule } from './rules.ts';
import { startByHand } from './start-run.ts';

/** The routes of the rules that retrain. */
export function retrainingRoutes(learn: Learn): Route[] {
  const { sql } = learn.platform.database;

  const named = ({ organization }: Caller, { id }: { id: string }) => ruleOf(learn, { organization, id });

  const shown = async (rule: RuleRow): Promise<RetrainingRule> => {
    const [view] = await ruleViews(sql, rule.organization, [rule]);
    if (view === undefined) throw new Error('one rule has one view');
    return view;
  };

  const audited = ({ organization, principal: actor }: Caller, action: string, rule: RuleRow) =>
    learn.platform.audit.record({
      organization,
      actor,
      action: `retraining.${action}`,
      subject: `retraining_rule:${rule.id}`,
      details: { name: rule.name, paused: rule.paused, ...rule.settings.trigger },
    });

  return [
    route(listRetrainingRules, async ({ caller: { organization }, query: { cursor, limit } }) => {
      const before = cursor === undefined ? undefined : decodeId(cursor);
      const page = toPage(
        await listRules(sql, organization, before, limit + 1),
        limit,
        (rule) => [rule.id],
        (rule) => rule,
      );
      return { ...page, items: await ruleViews(sql, organization, page.items) };
    }),

    route(createRetrainingRule, async ({ caller, body }) => {
      const rule = await addRule(learn, caller, body);
      await audited(caller, 'created', rule);
      return await shown(rule);
    }),

    route(getRetrainingRule, async ({ caller, params }) => shown(await named(caller, params))),

    route(updateRetrainingRule, async ({ caller, params, body }) => {
      const rule = await updateRule(learn, caller, await named(caller, params), body);
      await audited(caller, 'changed', rule);
      return await shown(rule);
    }),

    route(deleteRetrainingRule, async ({ caller, params }) => {
      const rule = await named(caller, params);
      await removeRule(learn, rule);
      await audited(caller, 'deleted', rule);
      return { ok: true } as const;
    }),

    route(
      dryRunRetraining,
      async ({ caller, params }) => (await lookAt(learn, await named(caller, params))).look,
    ),

    route(runRetraining, async ({ caller, params }) => {
      const rule = await named(caller, params);
      await startByHand(learn, caller, rule);
      await audited(caller, 'started', rule);
      return await shown(await named(caller, params));
    }),

    route(listRetrainingDecisions, async ({ caller, params, query: { cursor, limit } }) => {
      const rule = await named(caller, params);
      const before = cursor === undefined ? undefined : decodeId(cursor);
      const rows = await listDecisions(sql, rule, before, limit + 1);
      return toPage(rows, limit, (row) => [row.id], decisionView);
    }),
  ];
}
