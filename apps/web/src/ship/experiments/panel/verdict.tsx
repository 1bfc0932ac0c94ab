import type { Experiment, ExperimentResults } from '@attune/contracts';
import { FEWEST_UNITS } from '@attune/core/recommendation';
import { Link } from '@tanstack/react-router';
import { useFormats, useText } from '../../../text/use-text.ts';
import { Outcome } from '../experiment-state.tsx';
import { text as experimentText } from '../text.ts';
import { EndReason } from './end-reason.tsx';
import { text } from './text.ts';

const looks: Record<ExperimentResults['recommendation']['verdict'], string> = {
  deploy: 'border-good',
  keep: '',
  go_on: '',
  stop: 'border-bad',
  not_enough_data: '',
  blocked: 'border-bad',
};

/** What to do, in words, and why; of an ended experiment who won, and why it ended. */
export function Verdict({ experiment }: { experiment: Experiment }) {
  const t = useText(text);
  const { results, status, winner, treatment_model_id, control_model_id } = experiment;
  const look = results === null ? '' : looks[results.recommendation.verdict];
  const won = winner === 'treatment' ? treatment_model_id : winner === 'control' ? control_model_id : null;
  return (
    <section aria-label={t.recommendation} className={`card p-5 ${look}`}>
      <h2 className="font-medium font-serif text-xl">
        {results === null && winner === null ? t.nothingYet : <Outcome experiment={experiment} />}
      </h2>
      {won !== null && (
        <p className="mt-1">
          <Link to="/models" className="font-medium text-accent-strong underline">
            {won}
          </Link>
        </p>
      )}
      <EndReason experiment={experiment} />
      {results === null ? (
        <p className="mt-1 text-soft">{status === 'draft' ? t.draftAbout : t.nothingYetAbout}</p>
      ) : (
        <Why results={results} unit={experiment.unit} />
      )}
    </section>
  );
}

function Why({ results, unit }: { results: ExperimentResults; unit: Experiment['unit'] }) {
  const t = useText(text);
  const words = useText(experimentText);
  const formats = useFormats();
  const { recommendation, minimum_detectable_effect, at } = results;
  const users = { least: leastUsers(results), needed: FEWEST_UNITS, unit };
  return (
    <>
      <p className="mt-1 max-w-prose text-soft">{words.reason(recommendation, users)}</p>
      <p className="mt-2 text-faint text-sm">
        {minimum_detectable_effect !== null && recommendation.verdict !== 'not_enough_data' && (
          <>{t.detectable(`${formats.decimal(minimum_detectable_effect * 100, 1)} ${words.points}`)} </>
        )}
        {t.lookedAt} <time dateTime={at}>{formats.moment(at)}</time>
      </p>
    </>
  );
}

/** Users of the smaller arm: those who met a difference, or of these who reacted. */
function leastUsers({ recommendation, users, metrics }: ExperimentResults): number {
  const satisfaction = metrics.find(({ metric }) => metric === 'satisfaction');
  if (recommendation.reason !== 'too_little_feedback' || satisfaction === undefined) {
    return Math.min(users.control, users.treatment);
  }
  return Math.min(satisfaction.control.users, satisfaction.treatment.users);
}
