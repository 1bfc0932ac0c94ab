import type { LiveView } from './live-counters.tsx';

const words: Record<LiveView['connection'], string> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
};

/** Whether the counters are as of now. */
export function ConnectionMark({ connection }: { connection: LiveView['connection'] }) {
  const colour = connection === 'live' ? 'bg-good' : 'animate-[breathe_1.6s_ease-in-out_infinite] bg-warn';
  return (
    <span role="status" className="flex items-center gap-1.5 text-faint text-xs">
      <span aria-hidden className={`size-1.5 rounded-full ${colour}`} />
      {words[connection]}
    </span>
  );
}
