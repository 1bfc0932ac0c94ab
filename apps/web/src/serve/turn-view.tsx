import { memo, useDeferredValue } from 'react';
import { AnswerFeedback } from '../collect/answer-feedback.tsx';
import { CompareAnswers } from '../collect/compare-answers.tsx';
import { NotedText } from '../collect/notes/noted-text.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { AnswerFacts } from './answer-facts.tsx';
import { CopyAnswer } from './copy-answer.tsx';
import { ModelText } from './model-text.tsx';
import { QuestionView } from './question-view.tsx';
import { useShownAccounts } from './shown-accounts.ts';
import { text } from './text.ts';
import type { Turn } from './turn.ts';
import { TurnEnding } from './turn-ending.tsx';
import { WhatAttuneDid } from './what-attune-did.tsx';

interface TurnViewProps {
  turn: Turn;
  isLast: boolean;
}

/** One question with its answer, how it came about and what the reader says about it. */
export const TurnView = memo(function TurnView({ turn, isLast }: TurnViewProps) {
  return (
    <article
      className="group/turn animate-[rise_200ms_ease-out] space-y-4"
      aria-busy={turn.state === 'writing'}
    >
      <QuestionView turn={turn} />
      <div data-answer className="space-y-4">
        <Answer turn={turn} isLast={isLast} />
      </div>
    </article>
  );
});

/** The answer with all about it; first the choice between it and another one, where the reader is asked to choose. */
function Answer({ turn, isLast }: TurnViewProps) {
  const { role } = useMe();
  const { responseId, account } = turn;
  const whole = (
    <>
      <AnswerText turn={turn} />
      <TurnEnding turn={turn} />
      {account && turn.state !== 'failed' && <AnswerFacts account={account} />}
      <Reactions turn={turn} />
    </>
  );
  const compared = turn.state === 'done' && responseId !== null && mayAct(role, 'rater');
  if (!compared || account === null || account.compare === null) return whole;
  return (
    <CompareAnswers
      responseId={responseId}
      known={turn.known}
      offer={account.compare}
      answer={turn.answer}
      hasKeys={isLast}
      render={(one) => <ModelText text={one} />}
    >
      {whole}
    </CompareAnswers>
  );
}

/** Characters from which on drawing a text may take long enough to be put off while more comes. */
const LONG = 4000;

function AnswerText({ turn }: { turn: Turn }) {
  const deferred = useDeferredValue(turn.answer);
  const written = turn.answer.length < LONG ? turn.answer : deferred;
  const { role } = useMe();
  const { responseId } = turn;
  if (turn.answer === '') return turn.state === 'writing' ? <Thinking /> : null;
  if (turn.state === 'writing' || responseId === null || !mayAct(role, 'rater')) {
    return <ModelText text={written} />;
  }
  return (
    <NotedText responseId={responseId} known={turn.known} actions={<CopyAnswer answer={turn.answer} />}>
      <ModelText text={turn.answer} />
    </NotedText>
  );
}

function Thinking() {
  const t = useText(text).turn;
  return (
    <p role="status" className="flex items-center gap-2.5 text-faint text-sm">
      <span aria-hidden className="flex gap-1">
        {[0, 1, 2].map((dot) => (
          <span
            key={dot}
            className="size-1.5 animate-[breathe_1.2s_ease-in-out_infinite] rounded-full bg-accent"
            style={{ animationDelay: `${dot * 160}ms` }}
          />
        ))}
      </span>
      {t.thinking}
    </p>
  );
}

function Reactions({ turn }: { turn: Turn }) {
  const { role } = useMe();
  const { isOpen, toggle } = useShownAccounts(turn.key);
  const { responseId } = turn;
  if (responseId === null || turn.state === 'writing' || !mayAct(role, 'rater')) return null;
  return (
    <>
      {turn.answer !== '' && turn.state !== 'elsewhere' && (
        <AnswerFeedback responseId={responseId} known={turn.known} answer={turn.answer} />
      )}
      <WhatAttuneDid turn={{ ...turn, responseId }} open={isOpen} onOpen={toggle} />
    </>
  );
}
