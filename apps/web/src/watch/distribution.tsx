import { useText } from '../text/use-text.ts';
import { barHeights } from './bar-heights.ts';
import { text } from './text.ts';

/** How many ratings of 1 to 5 there are, as five bars. */
export function Distribution({ counts }: { counts: readonly number[] }) {
  const t = useText(text);
  const spoken = counts.map((count, index) => t.bar(count, index + 1)).join(', ');
  return (
    <div role="img" aria-label={spoken} className="grid grid-cols-5 items-end gap-1">
      {barHeights(counts).map((height, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the number of stars.
        <div key={index} title={t.bar(counts[index] ?? 0, index + 1)}>
          <div className="flex h-9 items-end">
            <div
              className="w-full rounded-t-sm bg-accent transition-[height] duration-500"
              style={{ height: `${height}%`, opacity: 0.45 + index * 0.1375 }}
            />
          </div>
          <div className="border-line border-t pt-0.5 text-center text-[0.6875rem] text-faint tabular-nums">
            {index + 1}
          </div>
        </div>
      ))}
    </div>
  );
}
