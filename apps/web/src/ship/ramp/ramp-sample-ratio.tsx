import type { Ramp } from '@attune/contracts';
import { TriangleAlert } from 'lucide-react';
import { useFormats, useText } from '../../text/use-text.ts';
import { pWords } from '../experiments/metric-words.ts';
import { text } from './text.ts';

/** Whether people come to the models as planned; where they do not, nothing is decided by itself. */
export function RampSampleRatio({ ramp: { evidence, held } }: { ramp: Ramp }) {
  const t = useText(text);
  const formats = useFormats();
  if (evidence === null) return null;
  const { users, sample_ratio_p_value: p } = evidence;
  const counts = t.peopleOf(formats.count(users.treatment), formats.count(users.control));
  if (!held)
    return (
      <p className="text-faint text-sm">
        {counts} {t.asPlanned(pWords(p, formats))}
      </p>
    );
  return (
    <p role="alert" className="flex gap-3 rounded-xl bg-bad-wash px-4 py-3 text-bad text-sm">
      <TriangleAlert aria-hidden className="size-5 shrink-0" />
      <span>
        <strong className="font-medium">{t.notAsPlanned(pWords(p, formats))}</strong> {counts}{' '}
        {t.notAsPlannedAbout}
      </span>
    </p>
  );
}
