import { useText } from '../text/use-text.ts';
import type { LiveView } from './live/live-view.ts';
import { text } from './text.ts';

/** Whether the counters are as of now. */
export function ConnectionMark({ connection }: { connection: LiveView['connection'] }) {
  const t = useText(text);
  const colour = connection === 'live' ? 'bg-good' : 'animate-[breathe_1.6s_ease-in-out_infinite] bg-warn';
  return (
    <span role="status" className="flex items-center gap-1.5 text-faint text-xs">
      <span aria-hidden className={`size-1.5 rounded-full ${colour}`} />
      {t.connection[connection]}
    </span>
  );
}
