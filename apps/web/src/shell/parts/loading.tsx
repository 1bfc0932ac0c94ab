import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** Grey lines where something is on its way. */
export function Loading({ what, lines = 3 }: { what: string; lines?: number }) {
  const t = useText(text);
  return (
    <div role="status" className="space-y-3">
      <span className="sr-only">{t.loading(what)}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
        <div key={line} className="h-16 animate-[breathe_1.6s_ease-in-out_infinite] rounded-2xl bg-sunken" />
      ))}
    </div>
  );
}
