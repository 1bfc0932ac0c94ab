import type { Experiment } from '@attune/contracts';
import { Ago } from '../../shell/parts/ago.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** Since when it runs, and until when. */
export function Times({ experiment: { status, start_date, end_date } }: { experiment: Experiment }) {
  const t = useText(text);
  const { moment } = useFormats();
  const isOver = status === 'completed' || status === 'cancelled';
  return (
    <>
      {start_date !== null && (
        <>
          {t.started} <Ago at={start_date} />
        </>
      )}
      {start_date !== null && end_date !== null && ', '}
      {end_date !== null && (isOver ? t.ended(moment(end_date)) : t.ends(moment(end_date)))}
    </>
  );
}
