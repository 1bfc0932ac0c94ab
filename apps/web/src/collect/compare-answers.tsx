import { type CompareOffer, useComparison, type Verdict } from '@attune/react';
import { Scale } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { KeyCap } from '../shell/keys/key-cap.tsx';
import { useKeys } from '../shell/keys/use-keys.ts';
import { useText } from '../text/use-text.ts';
import type { About } from './about.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { text } from './text.ts';

interface CompareAnswersProps extends About {
  offer: CompareOffer;
  answer: string;
  /** Whether keys decide: for the newest answer only, as they can mean one answer at a time. */
  hasKeys: boolean;
  /** How a text is shown. */
  render: (text: string) => ReactNode;
  /** The answer by itself and all about it, once the choice is made or put aside. */
  children: ReactNode;
}

const verdicts = ['left', 'tie', 'both_bad', 'right'] as const;
const keys: Readonly<Record<Verdict, string>> = { left: '1', right: '2', tie: '0', both_bad: 'b' };

/** The answer and another candidate side by side, on the sides that the server drew: which is better? */
export function CompareAnswers({ offer, answer, hasKeys, render, children, ...about }: CompareAnswersProps) {
  const t = useText(text).compare;
  const labels = useFeedbackLabels();
  const { verdict, decide } = useComparison(about, offer);
  const [open, setOpen] = useState(verdict === null);
  const question = useId();
  const asked = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open && hasKeys && isIdle(document.activeElement)) asked.current?.focus({ preventScroll: true });
  }, [open, hasKeys]);
  const names: Readonly<Record<Verdict, string>> = {
    left: labels.leftBetter,
    right: labels.rightBetter,
    tie: labels.tie,
    both_bad: labels.bothBad,
  };
  const choose = async (chosen: Verdict) => {
    setOpen(false);
    if (!(await decide(chosen))) setOpen(true);
  };
  useKeys(
    Object.fromEntries(
      verdicts.map((name) => [keys[name], { says: names[name], does: () => void choose(name) }]),
    ),
    { help: t.help, when: open && hasKeys },
  );
  if (!open) {
    return (
      <>
        {children}
        <p className="flex flex-wrap items-center gap-2 text-faint text-sm">
          <Scale aria-hidden className="size-4" />
          {verdict !== null && <span role="status">{t.verdicts[verdict]}</span>}
          <button type="button" className="quiet-button" onClick={() => setOpen(true)}>
            {t.again}
          </button>
        </p>
      </>
    );
  }
  const [left, right] = offer.shown === 'left' ? [answer, offer.response] : [offer.response, answer];
  return (
    <section ref={asked} tabIndex={-1} aria-labelledby={question} className="space-y-4 outline-none">
      <p id={question} className="flex items-center gap-2 font-medium">
        <Scale aria-hidden className="size-4 text-accent" /> {labels.whichIsBetter}
      </p>
      <div className="grid gap-3 md:grid-cols-2">
        <Side label={labels.left} chosen={verdict === 'left'}>
          {render(left)}
        </Side>
        <Side label={labels.right} chosen={verdict === 'right'}>
          {render(right)}
        </Side>
      </div>
      <fieldset aria-labelledby={question} className="flex flex-wrap items-center gap-2">
        {verdicts.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={verdict === name}
            className="line-button aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent-strong pointer-coarse:min-h-11"
            onClick={() => void choose(name)}
          >
            {names[name]} {hasKeys && <KeyCap name={keys[name]} />}
          </button>
        ))}
        <button type="button" className="quiet-button" onClick={() => setOpen(false)}>
          {t.skip}
        </button>
      </fieldset>
    </section>
  );
}

/** Whether nobody is writing: else the keys that decide would be letters of a question. */
function isIdle(focused: Element | null): boolean {
  if (focused instanceof HTMLTextAreaElement || focused instanceof HTMLInputElement)
    return focused.value === '';
  return focused === null || focused === document.body;
}

function Side({ label, chosen, children }: { label: string; chosen: boolean; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className={`min-w-0 rounded-2xl border p-4 ${chosen ? 'border-accent bg-accent-wash/50' : 'border-line bg-surface'}`}
    >
      {children}
    </section>
  );
}
