import { type Outcome, OutcomeKind, type SeriesMetric } from '@attune/contracts';
import { api } from '../../../shell/api.ts';
import { Ago } from '../../../shell/parts/ago.tsx';
import { useFormats } from '../../../text/use-text.ts';
import { Listed } from './listed.tsx';

interface OutcomeRowsProps {
  filter: { readonly after: string; readonly before: string };
  kind: SeriesMetric;
}

/** Outcomes of a kind and step, newest first. */
export function OutcomeRows({ filter, kind }: OutcomeRowsProps) {
  const wanted = OutcomeKind.options.find((one) => one === kind);
  const query = { ...filter, ...(wanted && { kind: wanted }), limit: 20 };
  return (
    <Listed
      name={['outcomes', query]}
      read={(cursor, signal) =>
        api.listOutcomes({ query: { ...query, ...(cursor !== undefined && { cursor }) } }, { signal })
      }
      keyOf={({ id }) => id}
    >
      {(outcome) => <OutcomeLine outcome={outcome} />}
    </Listed>
  );
}

function OutcomeLine({ outcome }: { outcome: Outcome }) {
  const { figure } = useFormats();
  const about = [outcome.response_id, outcome.session_id, outcome.user_id].filter((one) => one !== null);
  return (
    <>
      <p className="font-medium tabular-nums">{figure(outcome.value)}</p>
      <p className="mt-1 text-faint text-xs [overflow-wrap:anywhere]">
        <Ago at={outcome.occurred_at} /> · {about.join(' · ')}
      </p>
    </>
  );
}
