import type { Pair } from '@attune/contracts';
import { TriangleAlert } from 'lucide-react';
import { Changes } from '../../collect/changes.tsx';
import { Ago } from '../../shell/parts/ago.tsx';
import { useText } from '../../text/use-text.ts';
import type { PairDraft } from './pair-draft.ts';
import { text } from './text.ts';

const fields = ['query', 'query_context', 'chosen_response', 'rejected_response'] as const;

interface ConflictNoticeProps {
  theirs: Pair;
  mine: PairDraft;
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody was faster: both versions, and which of them to keep. */
export function ConflictNotice({ theirs, mine, onMine, onTheirs }: ConflictNoticeProps) {
  const { conflict: t, edit } = useText(text);
  const names = {
    query: edit.query,
    query_context: edit.context,
    chosen_response: edit.chosen,
    rejected_response: edit.rejected,
  };
  const differing = fields.filter((field) => theirs[field] !== mine[field]);
  const otherStrength = theirs.preference_strength !== mine.preference_strength;
  return (
    <section role="alert" className="grid gap-3 rounded-xl bg-warn-wash px-5 py-4 text-sm">
      <header>
        <h2 className="flex items-center gap-2 font-medium text-base">
          <TriangleAlert aria-hidden className="size-4 text-warn" /> {t.title}
        </h2>
        <p className="text-soft">
          {t.about} <Ago at={theirs.updated_at} />
        </p>
      </header>
      {differing.map((field) => (
        <div key={field}>
          <h3 className="font-medium">
            {names[field]} <span className="font-normal text-soft">· {t.differs}</span>
          </h3>
          <Changes before={theirs[field]} after={mine[field]} />
        </div>
      ))}
      {otherStrength && <p>{t.strength(theirs.preference_strength, mine.preference_strength)}</p>}
      {differing.length === 0 && !otherStrength && <p>{t.other}</p>}
      <div className="flex flex-wrap gap-2">
        <button type="button" className="main-button" onClick={onMine}>
          {t.mine}
        </button>
        <button type="button" className="line-button" onClick={onTheirs}>
          {t.theirs}
        </button>
      </div>
    </section>
  );
}
