/** How far people agree on corpora that several of them rated: with how many units and which interval. */
import {
  cohensKappa,
  type Estimate,
  krippendorffsAlpha,
  type MeasurementLevel,
  percentAgreement,
  squaredDifference,
} from '@attune/core';
import { otherCorpora, type RatedCorpus, shippedCorpus } from './rated-corpora.ts';

const SEED = 1;

/** Agreement of the raters of one corpus; intervals are resampled by what the units depend on, which n counts. */
export interface CorpusAgreement {
  readonly corpus: string;
  readonly units: number;
  readonly ratings: number;
  readonly percent: Estimate;
  readonly alpha: Partial<Record<MeasurementLevel, Estimate>>;
  /** Cohen's, of the first rating and the second, plain and by squared difference; null unless all have two. */
  readonly kappa: { readonly plain: Estimate; readonly quadratic: Estimate } | null;
}

/** Agreement on the shipped corpus, and on others where they are. */
export async function agreement(): Promise<{ corpora: CorpusAgreement[]; left_out: string[] }> {
  const others = await otherCorpora();
  const found = 'missing' in others ? [] : others;
  return {
    corpora: [await shippedCorpus(), ...found].map((corpus) => agreementIn(corpus)),
    left_out: 'missing' in others ? [others.missing] : [],
  };
}

export function agreementIn(
  { name, units, clusters, scaled }: RatedCorpus,
  resamples = 1000,
): CorpusAgreement {
  const levels: MeasurementLevel[] = scaled ? ['nominal', 'ordinal', 'interval'] : ['nominal'];
  const options = { seed: SEED, clusters, resamples };
  const pairs = units.flatMap(([first, second, third]) =>
    first === undefined || second === undefined || third !== undefined ? [] : [[first, second] as const],
  );
  return {
    corpus: name,
    units: units.length,
    ratings: units.reduce((sum, unit) => sum + unit.length, 0),
    percent: percentAgreement(units, options),
    alpha: Object.fromEntries(levels.map((level) => [level, krippendorffsAlpha(units, level, options)])),
    kappa:
      pairs.length < units.length
        ? null
        : {
            plain: cohensKappa(pairs, options),
            quadratic: cohensKappa(pairs, options, squaredDifference),
          },
  };
}
