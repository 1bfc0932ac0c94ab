import type { Endpoints, ResponseOf, Shadow, ShadowReport } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { estimateText, table } from './table.ts';

export interface ShadowOptions {
  readonly start?: boolean;
  readonly share?: number;
  readonly perHour?: number;
  readonly most?: number;
  readonly stop?: boolean;
}

type Standing = ResponseOf<Endpoints['getShadow']>['shadow'];

/** Starts or stops the shadow run of a model, as is wished, and says how its newest one stands. */
export async function shadowOfModel(
  client: AttuneClient,
  model: string,
  { start, share, perHour, most, stop }: ShadowOptions,
): Promise<Standing> {
  const params = { id: model };
  if (stop === true) await client.stopShadow({ params });
  else if (start === true || share !== undefined) {
    const body = {
      ...(share !== undefined && { share }),
      ...(perHour !== undefined && { answers_per_hour: perHour }),
      ...(most !== undefined && { max_answers: most }),
    };
    await client.startShadow({ params, body });
  }
  return (await client.getShadow({ params })).shadow;
}

export function shadowText(shadow: Standing): string {
  if (shadow === null) return '  It never shadowed live traffic; start it with --share 0.1.';
  const { report } = shadow;
  const lines = [stateText(shadow), countsText(shadow)];
  if (shadow.scored === 0) return lines.join('\n');
  return [...lines, '', table([['figure', 'value'], ...figures(report)]), ...judgedText(report)].join('\n');
}

function stateText({ model_id, status, reason, share }: Shadow): string {
  const ended = reason === null ? '' : ` (${reason.replaceAll('_', ' ')})`;
  return `  ${model_id}: ${status}${ended}, draws ${Math.round(share * 1000) / 10} % of the answers`;
}

function countsText({ scored, max_answers, dropped, failed }: Shadow): string {
  return `  ${scored} of ${max_answers} answers scored, ${dropped} dropped, ${failed} failed`;
}

function figures(report: ShadowReport): string[][] {
  const { fewest, by_chance, wins, losses, ties } = report;
  const told = (estimate: ShadowReport['agreement']) =>
    estimate.n < fewest ? `not enough data (${estimate.n} of ${fewest})` : estimateText(estimate);
  const chance = by_chance === null ? '' : `, by chance ${by_chance.toFixed(3)}`;
  return [
    ['would have delivered the same', `${told(report.agreement)}${chance}`],
    ['would have won', `${told(report.would_have_won)} (${wins} won, ${losses} lost, ${ties} the same)`],
    ['would have replaced disliked answers', told(report.replaced_disliked)],
    ['would have replaced liked answers', told(report.replaced_liked)],
    ['difference of these two', told(report.replaced_difference)],
    ['rank correlation with rewards in traffic', told(report.correlation)],
    ['its rewards less those in traffic', told(report.difference)],
  ];
}

function judgedText({ disagreements, judged }: ShadowReport): string[] {
  const differs = `  It would have delivered something else in ${disagreements} places.`;
  if (judged === null) return ['', differs];
  const { judged: votes, pairs, win_rate } = judged;
  const wins = win_rate === null ? '' : `: its choice wins ${estimateText(win_rate)}`;
  return ['', differs, `  ${votes} of ${pairs} pairs judged${wins}`];
}
