import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import type { Undone } from '../desk/desk.ts';
import { text } from '../text.ts';

/** Says what was taken back, and what could not be. */
export function useSayUndone() {
  const t = useText(text);
  const { say } = useSay();
  return ({ action, items, restored, skipped }: Undone) => {
    say(items === 1 ? t.undone(t.done[action]) : t.undoneMany(t.done[action], restored));
    if (skipped > 0) say(t.undoSkipped(skipped));
  };
}
