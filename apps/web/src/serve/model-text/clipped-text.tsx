import { useState } from 'react';
import { useText } from '../../text/use-text.ts';
import { ModelText } from '../model-text.tsx';
import { text } from '../text.ts';

/** Lines from which on a text is clipped, however short they are. */
const LINES = 8;

/** A long text of a model, clipped until somebody wants to read it. */
export function ClippedText({ children, longer = 420 }: { children: string; longer?: number }) {
  const t = useText(text).did;
  const [open, setOpen] = useState(false);
  const long = children.length > longer || children.split('\n').length > LINES;
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
          {open ? t.showLess : t.showAll}
        </button>
      )}
    </div>
  );
}
