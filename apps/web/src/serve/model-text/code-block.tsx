import { Check, Copy } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useSay } from '../../shell/messages.tsx';
import { text as shellText } from '../../shell/text.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

interface CodeBlockProps {
  /** As the model named it; null where it named none. */
  language: string | null;
  children: ReactNode;
}

/** Code with its language and a button that copies it. Both stay out of the answer's own text. */
export function CodeBlock({ language, children }: CodeBlockProps) {
  const t = useText(text).written;
  const { copy } = useText(shellText);
  const { say } = useSay();
  const code = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const onCopy = async () => {
    try {
      await navigator.clipboard.writeText(code.current?.textContent ?? '');
      setCopied(true);
      say(copy.done);
    } catch {
      say(copy.refused);
    }
  };
  return (
    <div className="code-block" data-language={language ?? undefined}>
      <button
        type="button"
        aria-label={t.copyCode}
        title={t.copyCode}
        className="quiet-button absolute top-1 right-1 size-8 p-0"
        onClick={() => void onCopy()}
        onBlur={() => setCopied(false)}
      >
        {copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
      </button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: code wider than the page is scrolled by keyboard too. */}
      <pre ref={code} tabIndex={0}>
        {children}
      </pre>
    </div>
  );
}
