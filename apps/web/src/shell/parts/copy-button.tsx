import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../../text/use-text.ts';
import { useSay } from '../messages.tsx';
import { text } from '../text.ts';

const DONE_MS = 2000;

/** Copies a text; without a clipboard (plain http on another machine) it says so. */
export function CopyButton({ value }: { value: string }) {
  const t = useText(text);
  const { say } = useSay();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), DONE_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setDone(true);
    } catch {
      say(t.copy.refused);
    }
  };
  return (
    <button type="button" className="line-button shrink-0" onClick={() => void copy()}>
      {done ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
      <span aria-live="polite">{done ? t.copy.done : t.copy.copy}</span>
    </button>
  );
}
