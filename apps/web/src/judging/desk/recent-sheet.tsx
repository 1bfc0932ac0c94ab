import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../../shell/api.ts';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { AnswerLines } from './answer-lines.tsx';
import type { Guide } from './guide-query.ts';
import { RevealedVotes } from './revealed-votes.tsx';
import { text } from './text.ts';

/** One's last votes; with those of the others where the project shows them. */
export function RecentSheet({ guide }: { guide: Guide }) {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const toggle = { l: { says: t.recent.title, does: () => setOpen(!open) } };
  useKeys(toggle, { help: t.keys.title });
  useKeys(toggle, { help: t.recent.title, when: open, within: sheet });
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className="quiet-button"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setOpen(true)}
      >
        <History aria-hidden className="size-4" />
        <span className="max-sm:sr-only">{t.recent.title}</span>
        <span className="contents max-md:hidden">
          <KeyCap name="l" />
        </span>
      </button>
      <PopupDialog
        title={t.recent.title}
        about={guide.reveal_after_vote ? t.recent.aboutReveal : t.recent.about}
        place="side"
        open={open}
        onOpen={setOpen}
        ref={sheet}
      >
        <RecentList guide={guide} />
      </PopupDialog>
    </>
  );
}

function RecentList({ guide: { id, questions, reveal_after_vote } }: { guide: Guide }) {
  const t = useText(text);
  const recent = useQuery({
    queryKey: ['judging', 'recent', id],
    queryFn: ({ signal }) => api.recentJudgements({ query: { project: id } }, { signal }),
    gcTime: 0,
  });
  if (recent.isError) return <ErrorNotice error={recent.error} onRetry={() => recent.refetch()} />;
  if (recent.isPending) return <Loading what={t.recent.title} lines={3} />;
  const { judgements } = recent.data;
  if (judgements.length === 0) return <p className="text-soft">{t.recent.none}</p>;
  return (
    <ul className="grid gap-3 text-sm">
      {judgements.map(({ id: vote, query, answers, skip }) => (
        <li key={vote} className="rounded-xl border border-line px-4 py-3">
          <p className="mb-1 line-clamp-2 font-medium">{query}</p>
          {skip === null ? (
            <AnswerLines questions={questions} answers={answers} />
          ) : (
            <p className="text-soft">{t.skip.reasons[skip.reason]}</p>
          )}
          {reveal_after_vote && <RevealedVotes vote={vote} questions={questions} />}
        </li>
      ))}
    </ul>
  );
}
