import type { ReviewAction, ReviewItem } from '@attune/contracts';
import { useRef, useState } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { AssignDialog } from '../decide/assign-dialog.tsx';
import { CorrectionEditor } from '../decide/correction-editor.tsx';
import { type Deciding, DecisionBar, decidingKeys } from '../decide/decision-bar.tsx';
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
  const close = () => setEditing(null);
  const decide = (decision: ReviewAction) => {
    close();
    desk.decide(decision);
  };
  const deciding: Deciding = {
    approve: () => decide({ action: 'approve' }),
    reject: () => decide({ action: 'reject' }),
    flag: () => decide({ action: 'flag' }),
    skip: () => decide({ action: 'skip' }),
    correct: () => setEditing('correct'),
    note: () => setEditing('note'),
    tag: () => tagField.current?.focus(),
    assign: () => setEditing('assign'),
    undo: () => desk.undo(),
  };
  useFocusKeys({ desk, item, held: holder !== null, deciding, context });
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto short:flex-none short:overflow-visible">
        <div className="mx-auto grid max-w-6xl gap-x-10 gap-y-6 px-4 py-5 sm:px-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
          <div className="min-w-0 space-y-5">
            {holder !== null && <HeldBanner holder={holder} onNext={() => desk.move(1)} />}
            <ItemView item={item} open={context.open} onOpen={context.set} />
          </div>
          <ItemSide
            item={item}
            disabled={holder !== null}
            tagField={tagField}
            onDecide={decide}
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
                onSave={(correction) => decide({ action: 'correct', correction })}
                onClose={close}
              />
            ) : (
              <NoteEditor
                note={item.review.note ?? ''}
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

interface FocusKeys {
  desk: Desk;
  item: ReviewItem;
  held: boolean;
  deciding: Deciding;
  context: ReturnType<typeof useOpenContext>;
}

function useFocusKeys({ desk, item, held, deciding, context }: FocusKeys): void {
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
      j: { says: t.keys.next, does: () => desk.move(1), repeats: true },
      k: { says: t.keys.before, does: () => desk.move(-1), repeats: true },
      d: { says: t.keys.context, does: context.toggleAll },
      ...Object.fromEntries(tags),
    },
    { help: t.keys.title },
  );
}
