import type { SkipReason } from '@attune/contracts';
import { SkipForward } from 'lucide-react';
import { useRef, useState } from 'react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import type { Skip } from './judging-desk.ts';
import { text } from './text.ts';

const reasons: readonly SkipReason[] = ['cannot_judge', 'wrong_language', 'broken', 'offensive', 'other'];

/** Passes an item over, with the reason: `s`, then its number. */
export function SkipDialog({ onSkip, when }: { onSkip: (skip: Skip) => void; when: boolean }) {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  const [comment, setComment] = useState('');
  const dialog = useRef<HTMLDivElement>(null);
  const skip = (reason: SkipReason) => {
    setOpen(false);
    setComment('');
    onSkip({ reason, ...(comment.trim() !== '' && { comment: comment.trim() }) });
  };
  useKeys({ s: { says: t.skip.open, does: () => setOpen(true) } }, { help: t.keys.title, when });
  const numbers = Object.fromEntries(
    reasons.map((reason, index) => [
      String(index + 1),
      { says: t.skip.reasons[reason], does: () => skip(reason) },
    ]),
  );
  useKeys(numbers, { help: t.skip.title, when: open, within: dialog });
  // Whoever types fast presses the number before the focus has moved into the dialog.
  useKeys(numbers, { help: t.skip.title, when: open });
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className="quiet-button"
        disabled={!when}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setOpen(true)}
      >
        <SkipForward aria-hidden className="size-4" />
        <span className="max-sm:sr-only">{t.skip.open}</span>
        <span className="contents max-md:hidden">
          <KeyCap name="s" />
        </span>
      </button>
      <PopupDialog title={t.skip.title} about={t.skip.about} open={open} onOpen={setOpen} ref={dialog}>
        <div className="grid gap-2">
          {reasons.map((reason, index) => (
            <button
              key={reason}
              type="button"
              className="line-button justify-between"
              onClick={() => skip(reason)}
            >
              {t.skip.reasons[reason]} <KeyCap name={String(index + 1)} />
            </button>
          ))}
          <input
            aria-label={t.skip.comment}
            placeholder={t.skip.comment}
            maxLength={2000}
            className="text-field"
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </div>
      </PopupDialog>
    </>
  );
}
