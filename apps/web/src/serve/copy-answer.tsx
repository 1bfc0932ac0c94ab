import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useSay } from '../shell/messages.tsx';
import { text as shellText } from '../shell/text.ts';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** Copies an answer as the model wrote it, in Markdown. */
export function CopyAnswer({ answer }: { answer: string }) {
  const t = useText(text).turn;
  const { copy } = useText(shellText);
  const { say } = useSay();
  const [copied, setCopied] = useState(false);
  const onCopy = async () => {
    try {
      await navigator.clipboard.writeText(answer);
      setCopied(true);
    } catch {
      say(copy.refused);
    }
  };
  return (
    <button
      type="button"
      aria-label={t.copy}
      className="quiet-button"
      onClick={() => void onCopy()}
      onBlur={() => setCopied(false)}
    >
      {copied ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
      <span aria-live="polite">{copied ? copy.done : copy.copy}</span>
    </button>
  );
}
