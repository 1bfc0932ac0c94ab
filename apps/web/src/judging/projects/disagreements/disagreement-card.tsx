import type { JudgingQuestion } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { EyeOff } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ModelText } from '../../../serve/model-text.tsx';
import { SaidBefore } from '../../../serve/said-before.tsx';
import { Ago } from '../../../shell/parts/ago.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { AnswerLines } from '../../desk/answer-lines.tsx';
import { text as deskText } from '../../desk/text.ts';
import { text } from '../text.ts';
import { AdjudicateForm } from './adjudicate-form.tsx';
import type { Disagreement } from './disagreement.ts';
import { keysOf, lettered } from './lettered.ts';

interface DisagreementCardProps {
  item: Disagreement;
  questions: readonly JudgingQuestion[];
}

/** An item whose judges disagree: responses with their models, every vote, and the decision. */
export function DisagreementCard({ item: stored, questions }: DisagreementCardProps) {
  const t = useText(text).disagreements;
  const { percent } = useFormats();
  const [deciding, setDeciding] = useState(false);
  const item = useMemo(() => lettered(stored), [stored]);
  const { query, context, responses, disagreement, adjudication, votes_hidden } = item;
  return (
    <li className="card px-5 py-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h3 className="min-w-0 flex-1 basis-60 font-medium">{query}</h3>
        <Source source={item.source} />
        {disagreement !== null && (
          <span className="chip bg-warn-wash text-warn">{t.score(percent(disagreement))}</span>
        )}
      </div>
      {context !== null && (
        <details className="mt-2 text-sm">
          <summary className="w-fit cursor-pointer rounded-md font-medium text-soft">{t.context}</summary>
          <div className="mt-1 max-h-60 overflow-y-auto rounded-xl bg-sunken px-4 py-3">
            <SaidBefore context={context} />
          </div>
        </details>
      )}
      <div className="mt-3 grid gap-3 md:grid-cols-2">
        {responses.map((response) => (
          <Response key={response.key} response={response} />
        ))}
      </div>
      <div className="mt-3 grid gap-3">
        {votes_hidden ? (
          <p className="flex items-center gap-2 text-soft text-sm">
            <EyeOff aria-hidden className="size-4 shrink-0" /> {t.hidden}
          </p>
        ) : (
          <Votes item={item} questions={questions} />
        )}
        {adjudication !== null && (
          <div className="rounded-xl bg-accent-wash px-4 py-2 text-sm">
            <p className="font-medium">{t.decision}</p>
            <AnswerLines questions={questions} answers={adjudication.answers} />
            {adjudication.note !== '' && <p className="text-soft">{adjudication.note}</p>}
            <p className="text-faint text-xs">
              {t.by(adjudication.by)} · <Ago at={adjudication.at} />
            </p>
          </div>
        )}
        {deciding && (
          <AdjudicateForm
            item={item}
            keys={keysOf(stored)}
            questions={questions}
            onDone={() => setDeciding(false)}
          />
        )}
        {!deciding && !votes_hidden && (
          <button
            type="button"
            className={`justify-self-end ${adjudication === null ? 'main-button' : 'line-button'}`}
            onClick={() => setDeciding(true)}
          >
            {adjudication === null ? t.decide : t.decideAnew}
          </button>
        )}
      </div>
    </li>
  );
}

/** Where the item came from; a pair can be opened. */
function Source({ source: { kind, id } }: Pick<Disagreement, 'source'>) {
  const t = useText(text).disagreements;
  if (kind === 'pair' && id !== null) {
    return (
      <Link to="/pairs/$id" params={{ id }} className="text-faint text-sm underline">
        {t.from.pair}
      </Link>
    );
  }
  return <span className="text-faint text-sm">{t.from[kind]}</span>;
}

function Response({
  response: { key, text: written, model, score },
}: {
  response: Disagreement['responses'][number];
}) {
  const t = useText(text).disagreements;
  const { decimal } = useFormats();
  const facts = [
    ...(model === null ? [] : [t.model(model)]),
    ...(score === null ? [] : [t.score1(decimal(score, 2))]),
  ];
  return (
    <article className="rounded-xl border border-line">
      <p className="flex flex-wrap gap-x-2 border-line border-b px-4 py-1.5 text-sm">
        <span className="font-semibold">{key}</span>
        <span className="text-faint">{facts.join(' · ')}</span>
      </p>
      <section
        aria-label={key}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-72 overflow-y-auto px-4 py-3"
      >
        <ModelText text={written} />
      </section>
    </article>
  );
}

function Votes({ item: { judgements }, questions }: DisagreementCardProps) {
  const t = useText(text).disagreements;
  const { reasons } = useText(deskText).skip;
  return (
    <div>
      <p className="eyebrow mb-1">{t.votes}</p>
      <ul className="grid gap-1.5 text-sm">
        {judgements.map(({ id, name, answers, skip, comment }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <span className="w-40 shrink-0 truncate text-soft">{name}</span>
            <div className="min-w-0 flex-1">
              {skip === null ? (
                <AnswerLines questions={questions} answers={answers} />
              ) : (
                <p className="text-faint">
                  {t.skipped(reasons[skip.reason])}
                  {skip.comment !== undefined && ` “${skip.comment}”`}
                </p>
              )}
              {comment !== null && <p className="text-faint">“{comment}”</p>}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
