import { Inbox, Layers, PartyPopper } from 'lucide-react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useSay } from '../../shell/messages.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { useText } from '../../text/use-text.ts';
import { narrowings } from '../filter/review-search.ts';
import { useReviewSearch } from '../filter/use-review-search.ts';
import { text } from '../text.ts';
import type { Desk } from './desk.ts';
import type { DeskState } from './desk-state.ts';

/** Nothing lies on the desk: why, and what to do. */
export function EmptyDesk({ desk, state }: { desk: Desk; state: DeskState }) {
  const t = useText(text);
  const { sayError } = useSay();
  const { filter, show, order } = useReviewSearch();
  const narrowed = narrowings(filter).length > 0 && state.decided.size === 0;
  const elsewhere = state.elsewhere > 0;
  useKeys({ u: { says: t.actions.undo, does: () => desk.undo() } }, { help: t.keys.title });
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-3xl px-4 py-10">
        {elsewhere ? (
          <Empty icon={Layers} title={t.held.elsewhereTitle}>
            {t.held.elsewhere(state.elsewhere)}
          </Empty>
        ) : (
          <Empty icon={narrowed ? Inbox : PartyPopper} title={narrowed ? t.none.filteredTitle : t.none.title}>
            {narrowed ? t.none.filtered : t.none.about}
          </Empty>
        )}
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          {elsewhere && (
            <button
              type="button"
              className="line-button"
              onClick={() => void desk.takeElsewhere().catch(sayError)}
            >
              {t.held.takeHere}
            </button>
          )}
          {narrowed && (
            <button type="button" className="line-button" onClick={() => show({ order })}>
              {t.none.clear}
            </button>
          )}
          <button type="button" className="line-button" onClick={() => void desk.refill().catch(sayError)}>
            {t.none.look}
          </button>
          {state.decided.size > 0 && (
            <button type="button" className="quiet-button min-h-9" onClick={() => desk.undo()}>
              {t.actions.undo}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
