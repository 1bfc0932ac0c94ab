import type { Experiment, ExperimentResults } from '@attune/contracts';
import { SAMPLE_RATIO_ALPHA } from '@attune/core/recommendation';
import { TriangleAlert } from 'lucide-react';
import { useFormats, useText } from '../../../text/use-text.ts';
import { pWords } from '../metric-words.ts';
import { text } from './text.ts';

interface SampleRatioProps {
  results: ExperimentResults;
  /** How the arms were to fill, and what was counted. */
  experiment: Pick<Experiment, 'traffic_split' | 'unit'>;
}

/** Whether users fill the arms as planned; where they do not, nothing below is to be believed. */
export function SampleRatio({ results, experiment: { traffic_split, unit } }: SampleRatioProps) {
  const t = useText(text);
  const formats = useFormats();
  const { users, sample_ratio_p_value: p } = results;
  if (p >= SAMPLE_RATIO_ALPHA)
    return <p className="text-faint text-sm">{t.sampleRatio(pWords(p, formats), unit)}</p>;
  return (
    <p role="alert" className="flex gap-3 rounded-xl bg-bad-wash px-4 py-3 text-bad text-sm">
      <TriangleAlert aria-hidden className="size-5 shrink-0" />
      <span>
        <strong className="font-medium">{t.sampleRatioBad(pWords(p, formats), unit)}</strong>{' '}
        {t.sampleRatioCounts(users.control, users.treatment, traffic_split, unit)}
      </span>
    </p>
  );
}
