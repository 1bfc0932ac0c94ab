import { Lock } from 'lucide-react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useLanguage, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import type { Holder } from './desk-state.ts';

/** Somebody else has the item: who, until when, and how to go on. */
export function HeldBanner({ holder: { by, until }, onNext }: { holder: Holder; onNext: () => void }) {
  const t = useText(text).held;
  const time = new Date(until).toLocaleTimeString(useLanguage(), { hour: '2-digit', minute: '2-digit' });
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-xl bg-warn-wash px-4 py-3 text-sm">
      <Lock aria-hidden className="size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{t.by(by, time)}</p>
        <p className="text-soft">{t.byHint}</p>
      </div>
      <button type="button" className="line-button" onClick={onNext}>
        {t.next} <KeyCap name="j" />
      </button>
    </div>
  );
}
