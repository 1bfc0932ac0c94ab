import { BookOpenText } from 'lucide-react';
import { useRef, useState } from 'react';
import { ModelText } from '../../serve/model-text.tsx';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import type { Guide } from './guide-query.ts';
import { text } from './text.ts';

interface GuideSheetProps {
  guide: Pick<Guide, 'guidelines' | 'questions'>;
}

/** The guidelines, one key away while judging and while deciding. */
export function GuideSheet({ guide: { guidelines, questions } }: GuideSheetProps) {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const toggle = { h: { says: t.guide, does: () => setOpen(!open) } };
  useKeys(toggle, { help: t.keys.title });
  useKeys(toggle, { help: t.guide, when: open, within: sheet });
  return (
    <>
      {/* No trigger of the dialog: the focus returns to where it was, so that Enter goes on submitting. */}
      <button
        type="button"
        aria-haspopup="dialog"
        className="quiet-button"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setOpen(true)}
      >
        <BookOpenText aria-hidden className="size-4" />
        <span className="max-sm:sr-only">{t.guide}</span>
        <span className="contents max-md:hidden">
          <KeyCap name="h" />
        </span>
      </button>
      <PopupDialog title={t.guide} about={t.guideAbout} place="side" open={open} onOpen={setOpen} ref={sheet}>
        {guidelines === '' ? <p className="text-soft">{t.noGuide}</p> : <ModelText text={guidelines} />}
        <h3 className="eyebrow mt-6 mb-2">{t.questionsAsked}</h3>
        <ul className="grid gap-2 text-sm">
          {questions.map(({ id, title, description }) => (
            <li key={id}>
              <p className="font-medium">{title}</p>
              {description !== undefined && <p className="text-soft">{description}</p>}
            </li>
          ))}
        </ul>
      </PopupDialog>
    </>
  );
}
