import type { Endpoints, LoggedAnswer, SentBy } from '@attune/contracts';
import { api } from '../../../shell/api.ts';
import { Ago } from '../../../shell/parts/ago.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { Listed } from './listed.tsx';

type Filter = SentBy<Endpoints['listAnswers']>['query'];

/** Answers of a step, newest first. */
export function AnswerRows({ filter }: { filter: Filter }) {
  return (
    <Listed
      name={['answers', filter]}
      read={(cursor, signal) =>
        api.listAnswers(
          { query: { ...filter, limit: 20, ...(cursor !== undefined && { cursor }) } },
          { signal },
        )
      }
      keyOf={({ response_id }) => response_id}
    >
      {(answer) => <AnswerLine answer={answer} />}
    </Listed>
  );
}

function AnswerLine({ answer }: { answer: LoggedAnswer }) {
  const t = useText(text);
  const { decimal, duration } = useFormats();
  const { reward_score: reward, timings, reward_model, policy } = answer;
  const facts = [
    t.statuses[answer.status],
    reward === null ? null : t.rewardIs(decimal(reward, 2)),
    timings.total_ms === undefined ? null : duration(timings.total_ms),
    reward_model,
    policy,
  ].filter((fact) => fact !== null);
  return (
    <>
      <p className="line-clamp-2 font-medium [overflow-wrap:anywhere]">{answer.query}</p>
      {answer.selected_response !== null && (
        <p className="line-clamp-2 text-soft [overflow-wrap:anywhere]">{answer.selected_response}</p>
      )}
      <p className="mt-1 text-faint text-xs tabular-nums">
        <Ago at={answer.timestamp} /> · {facts.join(' · ')}
      </p>
    </>
  );
}
