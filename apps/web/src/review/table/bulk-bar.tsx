import type { Count, ReviewDecision } from '@attune/contracts';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useText } from '../../text/use-text.ts';
import { decidingKeys } from '../decide/decision-bar.tsx';
import { text } from '../text.ts';
import { nothingSelected, type Selection } from './selection.ts';
import { type TableActionTable, tableActions } from './table-actions.tsx';

interface BulkBarProps {
  selection: Selection;
  /** Rows that are loaded. */
  shown: number;
  count: Count;
  running: ReviewDecision | null;
  actions: TableActionTable;
  onSelection: (selection: Selection) => void;
}

/** At the foot: how much is selected and what can be done with it, or how far a big decision is. */
export function BulkBar({ selection, shown, count, running, actions, onSelection }: BulkBarProps) {
  const t = useText(text);
  if (running !== null) return <Running decision={running} />;
  const some = selection.everything || selection.ids.size > 0;
  const more = !selection.everything && selection.ids.size === shown && count.value > shown;
  return (
    <section
      aria-label={t.bulk.label}
      className="flex min-h-14 flex-wrap items-center gap-x-2 gap-y-1 border-line border-t bg-surface px-3 py-2 sm:px-6"
    >
      <span className="mr-2 text-sm tabular-nums">
        {selection.everything
          ? t.bulk.allMatching(count.value, count.exact)
          : t.bulk.selected(selection.ids.size)}
      </span>
      {some && more && (
        <button
          type="button"
          className="quiet-button text-accent-strong"
          onClick={() => onSelection({ ...nothingSelected, everything: true })}
        >
          {t.bulk.everything(count.value, count.exact)}
        </button>
      )}
      {some && (
        <button type="button" className="quiet-button" onClick={() => onSelection(nothingSelected)}>
          {t.bulk.clear}
        </button>
      )}
      <div className={`flex flex-wrap gap-1 ${some ? '' : 'max-sm:hidden'}`}>
        {tableActions.map((name) => (
          <button
            key={name}
            type="button"
            className="quiet-button min-h-9"
            disabled={!some && name !== 'undo'}
            onClick={actions[name]}
          >
            {t.actions[name]}
            <span aria-hidden className="hidden pointer-fine:lg:inline">
              <KeyCap name={decidingKeys[name]} />
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

function Running({ decision: { decision, done, items, state } }: { decision: ReviewDecision }) {
  const t = useText(text);
  return (
    <div role="status" className="border-line border-t bg-surface px-4 py-3 sm:px-6">
      <p className="mb-1.5 text-sm tabular-nums">
        {state === 'undoing'
          ? t.bulk.undoing(done, items)
          : t.bulk.running(t.actions[decision.action], done, items)}
      </p>
      <progress aria-label={t.actions[decision.action]} className="h-1.5 w-full" value={done} max={items} />
    </div>
  );
}
