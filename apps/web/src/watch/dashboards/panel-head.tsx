import type { Series } from '@attune/contracts';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';
import { intervalWords, valueWords } from './value-words.ts';

/** Name of a metric, what it is, its value over the whole period, and that of the time before. */
export function PanelHead({ series }: { series: Series }) {
  const t = useText(text);
  const { name, about } = t.metrics[series.metric];
  const [only] = series.lines;
  return (
    <header className="mb-2">
      <h3 className="font-medium text-sm">
        {name}
        {series.catching_up && <span className="ml-2 font-normal text-faint text-xs">{t.catchingUp}</span>}
      </h3>
      <p className="text-faint text-xs">{about}</p>
      {series.lines.length === 1 && only !== undefined && only.whole.value !== null && (
        <Whole series={series} whole={only.whole} />
      )}
    </header>
  );
}

function Whole({ series: { unit, before }, whole }: { series: Series; whole: Series['before'] }) {
  const t = useText(text);
  const formats = useFormats();
  const interval = intervalWords(unit, whole, formats);
  return (
    <p className="mt-1 flex flex-wrap items-baseline gap-x-3 tabular-nums">
      <span className="font-serif text-2xl">
        {whole.value !== null && valueWords(unit, whole.value, formats)}
      </span>
      <span className="text-faint text-xs">
        {interval !== '' && <span title={t.intervalAbout}>{interval}, </span>}
        {unit !== 'count' && t.n(whole.n)}
        {before.value !== null && ` ${t.before(valueWords(unit, before.value, formats))}`}
      </span>
    </p>
  );
}
