import { useFormats, useText } from '../text/use-text.ts';
import { useLive } from '../watch/live/live-source.tsx';
import { text } from './text.ts';

/** How the review queue stands, as of now. */
export function QueueHealth() {
  const t = useText(text);
  const { count } = useFormats();
  const queue = useLive().counters?.queue;
  if (queue === undefined) return null;
  const { value, exact } = queue.pending;
  const facts = [
    { label: t.pending, shown: exact ? count(value) : t.atLeast(value) },
    { label: t.reserved, shown: count(queue.reserved) },
    { label: t.doneToday, shown: count(queue.done_today) },
  ];
  return (
    <section className="card p-4">
      <h2 className="mb-3 font-medium text-sm">{t.queue}</h2>
      <dl className="flex flex-wrap gap-x-12 gap-y-3">
        {facts.map(({ label, shown }) => (
          <div key={label} className="flex flex-col-reverse">
            <dt className="text-faint text-xs">{label}</dt>
            <dd className="font-serif text-2xl tabular-nums leading-tight">{shown}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
