import type { ReviewAction, ReviewItem } from '@attune/contracts';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { AssignDialog } from '../decide/assign-dialog.tsx';
import { decidingKeys } from '../decide/decision-bar.tsx';
import { useReviewSearch } from '../filter/use-review-search.ts';
import { text } from '../text.ts';
import { ConfirmMatching } from './confirm-matching.tsx';
import { NoteDialog } from './note-dialog.tsx';
import type { Selection } from './selection.ts';
import { TagDialog } from './tag-dialog.tsx';
import type { useBulk } from './use-bulk.ts';

/** What can be done with the selected rows. */
export const tableActions = ['approve', 'reject', 'flag', 'skip', 'note', 'tag', 'assign', 'undo'] as const;
export type TableActionName = (typeof tableActions)[number];
export type TableActionTable = Readonly<Record<TableActionName, () => void>>;

interface TableActionsProps {
  /** Stands for the selection where nothing is selected. */
  current: ReviewItem | null;
  selection: Selection;
  bulk: ReturnType<typeof useBulk>;
  /** The selection has been decided about. */
  onDone: () => void;
  children: (actions: TableActionTable) => ReactNode;
}

type Asking = 'note' | 'tag' | 'assign' | { confirm: ReviewAction } | null;

/** Decisions about the selection, each with its key: those that need words ask for them, those about everything for consent. */
export function TableActions({ current, selection, bulk, onDone, children }: TableActionsProps) {
  const t = useText(text);
  const { filter } = useReviewSearch();
  const [asking, setAsking] = useState<Asking>(null);
  const chosen = selection.ids.size > 0 ? [...selection.ids] : current === null ? [] : [current.feedback.id];
  const close = () => setAsking(null);
  const decide = (decision: ReviewAction) => {
    if (selection.everything) {
      setAsking({ confirm: decision });
      return;
    }
    close();
    if (chosen.length === 0) return;
    bulk.decide(chosen, decision);
    onDone();
  };
  const actions: TableActionTable = {
    approve: () => decide({ action: 'approve' }),
    reject: () => decide({ action: 'reject' }),
    flag: () => decide({ action: 'flag' }),
    skip: () => decide({ action: 'skip' }),
    note: () => setAsking('note'),
    tag: () => setAsking('tag'),
    assign: () => setAsking('assign'),
    undo: bulk.undo,
  };
  useKeys(
    Object.fromEntries(
      tableActions.map((name) => [decidingKeys[name], { says: t.actions[name], does: actions[name] }]),
    ),
    { help: t.actions.label },
  );
  return (
    <>
      {children(actions)}
      {asking === 'note' && (
        <NoteDialog onSave={(note) => decide({ action: 'note', note })} onClose={close} />
      )}
      {asking === 'tag' && (
        <TagDialog onTag={(tag) => decide({ action: 'tag', tags: [tag] })} onClose={close} />
      )}
      {asking === 'assign' && (
        <AssignDialog
          onAssign={(assignee) =>
            decide(assignee === null ? { action: 'unassign' } : { action: 'assign', assignee })
          }
          onClose={close}
        />
      )}
      {typeof asking === 'object' && asking !== null && (
        <ConfirmMatching
          filter={filter}
          decision={asking.confirm}
          onConfirm={(preview) => {
            close();
            bulk.decideMatching(preview, asking.confirm);
            onDone();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
