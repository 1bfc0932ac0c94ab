import { table } from '../table.ts';
import { type HeldOut, type Method, methods } from './held-out.ts';

const names: Record<Method, string> = {
  random: 'random candidate',
  longest: 'longest candidate',
  plain: 'plain recipe, same embedder',
  attune: "Attune's reward model",
  oracle: 'best possible',
};

/** The table that the demo ends in. */
export function reportText({ questions, methods: results, gap_closed, gap_closed_ci }: HeldOut): string {
  const rows = methods.map((method) => {
    const { mean_rating, ci, n } = results[method];
    return [names[method], mean_rating.toFixed(2), `[${ci[0].toFixed(2)}, ${ci[1].toFixed(2)}]`, n];
  });
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  return [
    '',
    `  Mean human rating (1 to 5) of the delivered answer, on ${questions} questions the model had never seen:`,
    '',
    table([['delivered by', 'rating', '95 % interval', 'n'], ...rows]),
    '',
    `  Of the way from a random candidate to the best possible, Attune goes ${percent(gap_closed)}`,
    `  [${percent(gap_closed_ci[0])}, ${percent(gap_closed_ci[1])}].`,
    '',
  ].join('\n');
}
