import type { ReviewAction, ReviewItem } from '@attune/contracts';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { AssignDialog } from '../decide/assign-dialog.tsx';
import { CorrectionEditor } from '../decide/correction-editor.tsx';
import { type Deciding, DecisionBar, decidingKeys } from '../decide/decision-bar.tsx';
import { draftNames } from '../decide/draft-names.ts';
import { NoteEditor } from '../decide/note-editor.tsx';
import { ItemView } from '../item/item-view.tsx';
import { text } from '../text.ts';
import type { Desk } from './desk.ts';
import type { Holder } from './desk-state.ts';
import { HeldBanner } from './held-banner.tsx';
import { ItemSide, useSuggestedTags } from './item-side.tsx';
import type { useOpenContext } from './open-context.ts';

interface FocusItemProps {
  desk: Desk;
  item: ReviewItem;
  /** Somebody else who holds it. */
  holder: Holder | null;
  /** Items that wait behind it. */
  ahead: number;
  last: ReviewAction['action'] | null;
  context: ReturnType<typeof useOpenContext>;
}

type Editing = 'correct' | 'note' | 'assign' | null;

/** The item that is looked at, with everything that can be done with it by mouse and by key. */
export function FocusItem({ desk, item, holder, ahead, last, context }: FocusItemProps) {
  const t = useText(text);
  const [editing, setEditing] = useState<Editing>(null);
  const tagField = useRef<HTMLInputElement>(null);
  const beginning = useRef<HTMLDivElement>(null);
  useReadFromBeginning(beginning);
  const close = () => setEditing(null);
  const decide = (decision: ReviewAction) => {
    close();
    desk.decide(decision);
  };
  const unsaved = useRef<HTMLTextAreaElement>(null);
  const { say } = useSay();
  /** Whoever is writing does not decide, or go on, without what they wrote. */
  const unlessUnsaved = (act: () => void) => () => {
    if (unsaved.current === null || holder !== null) return act();
    unsaved.current.focus();
    say(t.unsaved);
  };
  const deciding: Deciding = {
    approve: unlessUnsaved(() => decide({ action: 'approve' })),
    reject: unlessUnsaved(() => decide({ action: 'reject' })),
    flag: unlessUnsaved(() => decide({ action: 'flag' })),
    skip: unlessUnsaved(() => decide({ action: 'skip' })),
    correct: unlessUnsaved(() => setEditing('correct')),
    note: unlessUnsaved(() => setEditing('note')),
    tag: () => tagField.current?.focus(),
    assign: unlessUnsaved(() => setEditing('assign')),
    undo: unlessUnsaved(() => desk.undo()),
  };
  const move = (by: 1 | -1) => unlessUnsaved(() => desk.move(by));
  useFocusKeys({ desk, item, held: holder !== null, deciding, move, context });
  return (
    <>
      <div
        ref={beginning}
        className="min-h-0 flex-1 overflow-y-auto cramped:flex-none cramped:overflow-visible"
      >
        <div className="mx-auto grid max-w-6xl gap-x-10 gap-y-6 px-4 py-5 sm:px-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
          <div className="min-w-0 space-y-5">
            {holder !== null && <HeldBanner holder={holder} onNext={() => desk.move(1)} />}
            <ItemView item={item} open={context.open} onOpen={context.set} />
          </div>
          <ItemSide
            item={item}
            disabled={holder !== null}
            tagField={tagField}
            onDecide={(decision) => desk.decide(decision)}
            onNote={deciding.note}
          />
        </div>
      </div>
      {(editing === 'correct' || editing === 'note') && (
        <div className="max-h-[60%] overflow-y-auto border-line border-t bg-paper px-3 py-3 sm:px-6">
          <div className="mx-auto max-w-4xl">
            {editing === 'correct' ? (
              <CorrectionEditor
                item={item}
                unsaved={unsaved}
                onSave={(correction) => decide({ action: 'correct', correction })}
                onClose={close}
              />
            ) : (
              <NoteEditor
                note={item.review.note ?? ''}
                draft={draftNames.note(item.feedback.id)}
                unsaved={unsaved}
                onSave={(note) => decide({ action: 'note', note })}
                onClose={close}
              />
            )}
          </div>
        </div>
      )}
      {editing === 'assign' && (
        <AssignDialog
          onAssign={(assignee) =>
            decide(assignee === null ? { action: 'unassign' } : { action: 'assign', assignee })
          }
          onClose={close}
        />
      )}
      <div className="flex items-center justify-between gap-3 px-4 py-1 text-faint text-xs sm:px-6">
        <span role="status">{last === null ? '' : t.done[last]}</span>
        <span>{t.held.ahead(ahead)}</span>
      </div>
      <DecisionBar deciding={deciding} disabled={holder !== null} />
    </>
  );
}

/** Where the whole page scrolls, the next item begins at its beginning, not where one stopped reading the one before. */
function useReadFromBeginning(beginning: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const item = beginning.current;
    const page = item?.parentElement;
    if (!item || !page) return;
    const above = item.getBoundingClientRect().top < page.getBoundingClientRect().top;
    if (above) item.scrollIntoView({ block: 'start' });
  }, [beginning]);
}

interface FocusKeys {
  desk: Desk;
  item: ReviewItem;
  held: boolean;
  deciding: Deciding;
  move: (by: 1 | -1) => () => void;
  context: ReturnType<typeof useOpenContext>;
}

function useFocusKeys({ desk, item, held, deciding, move, context }: FocusKeys): void {
  const t = useText(text);
  const suggested = useSuggestedTags(item);
  const names = ['approve', 'reject', 'flag', 'skip', 'correct', 'note', 'tag', 'assign'] as const;
  const acts = held
    ? []
    : names.map((name) => [decidingKeys[name], { says: t.actions[name], does: deciding[name] }] as const);
  const tags = suggested.map(
    ({ tag }, index) =>
      [
        String(index + 1),
        {
          says: t.keys.suggested(index + 1),
          does: () => desk.decide({ action: 'tag', tags: [tag] }),
        },
      ] as const,
  );
  useKeys(
    {
      ...Object.fromEntries(acts),
      u: { says: t.actions.undo, does: deciding.undo },
      j: { says: t.keys.next, does: move(1), repeats: true },
      k: { says: t.keys.before, does: move(-1), repeats: true },
      d: { says: t.keys.context, does: context.toggleAll },
      ...Object.fromEntries(tags),
    },
    { help: t.keys.title },
  );
}
