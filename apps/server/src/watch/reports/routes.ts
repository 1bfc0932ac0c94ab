import * as api from '@attune/contracts';
import { AttuneError } from '@attune/contracts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { blocksOf } from './report-blocks.ts';
import { htmlOf } from './report-html.ts';
import { markdownOf } from './report-markdown.ts';
import { listReports, noteDone, reportOf } from './report-store.ts';
import { reportSummaries } from './report-view.ts';
import type { ReportNeeds, Reports } from './reports.ts';

/** The routes of reports. */
export function reportRoutes(
  { sql, clock, audit }: Pick<ReportNeeds, 'sql' | 'clock' | 'audit'>,
  reports: Reports,
): Route[] {
  return [
    route(api.listReports, async ({ caller, query: { kind, cursor, limit } }) => {
      const before = cursor === undefined ? undefined : decodeId(cursor);
      const rows = await listReports(sql, caller.organization, { kind, before, limit: limit + 1 });
      const page = toPage(
        rows,
        limit,
        (row) => [row.id],
        (row) => row,
      );
      return { ...page, items: await reportSummaries(sql, page.items) };
    }),

    route(api.createReport, ({ caller, body }) =>
      reports.makeNow(caller.organization, body.kind, caller.principal),
    ),

    route(api.getReport, async ({ caller: { organization }, params: { id } }) =>
      reports.view(await reportOf(sql, { organization, id })),
    ),

    route(api.downloadReport, async ({ caller: { organization }, params: { id }, query: { format } }) => {
      const report = await reports.view(await reportOf(sql, { organization, id }));
      const blocks = blocksOf(report);
      const name = `report-${report.kind}-${report.from.slice(0, 10)}.${format}`;
      return download(format === 'md' ? markdownOf(blocks) : htmlOf(blocks), format, name);
    }),

    route(api.noteReportAction, async ({ caller, params: { id, action } }) => {
      const { organization, principal } = caller;
      const row = await reportOf(sql, { organization, id });
      const known = row.actions.find((one) => one.id === action);
      if (known === undefined) throw new AttuneError('report_not_found', { param: 'action' });
      const done = { report_id: id, action_id: action, organization, by: caller.name, at: clock.now() };
      if (await noteDone(sql, done)) {
        const details = { kind: known.why.kind, endpoint: known.call.endpoint };
        const act = { organization, actor: principal, action: 'report.action_done', subject: `report:${id}` };
        await audit.record({ ...act, details });
      }
      return await reports.view(row);
    }),
  ];
}

const types = { md: 'text/markdown; charset=utf-8', html: 'text/html; charset=utf-8' } as const;

/** A file to be kept, never a page of this site. */
function download(text: string, format: keyof typeof types, name: string): Response {
  return new Response(text, {
    headers: {
      'content-type': types[format],
      'content-disposition': `attachment; filename="${name}"`,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
}
