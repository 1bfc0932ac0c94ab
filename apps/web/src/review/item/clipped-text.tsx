import { useState } from 'react';
import { ModelText } from '../../serve/model-text.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** A long text of a model, clipped until somebody wants to read it. */
export function ClippedText({ children, longer = 600 }: { children: string; longer?: number }) {
  const t = useText(text).context;
  const [open, setOpen] = useState(false);
  const long = children.length > longer || children.split('\n').length > 12;
  return (
    <div>
      <div className={`text-sm [&_.prose-answer]:text-[0.9375rem] ${long && !open ? 'clipped' : ''}`}>
        <ModelText text={children} />
      </div>
      {long && (
        <button
          type="button"
          className="quiet-button -ml-2.5 mt-1"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? t.less : t.more}
        </button>
      )}
    </div>
  );
}
