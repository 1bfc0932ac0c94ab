import type { Series } from '@attune/contracts';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { AnswerRows } from './rows/answer-rows.tsx';
import { FeedbackRows } from './rows/feedback-rows.tsx';
import { OutcomeRows } from './rows/outcome-rows.tsx';
import { stepOf } from './series-columns.ts';
import { text } from './text.ts';
import type { TrendsSearch } from './trends-search.ts';

interface RowsBehindProps {
  series: Series;
  search: TrendsSearch;
  /** Beginning of the step whose rows are shown; null for none. */
  at: string | null;
  onClose: () => void;
}

/** The rows behind one point, in a sheet beside the page; for those who may read them. */
export function RowsBehind({ series, search, at, onClose }: RowsBehindProps) {
  const t = useText(text);
  const { role } = useMe();
  const { moment, day } = useFormats();
  if (at === null || series.rows === null || !mayAct(role, 'curator')) return null;
  const shown = series.step === 'hour' ? moment(at) : day(at);
  const { reward_model, policy } = search;
  const span = stepOf(series, at);
  const filter = {
    ...span,
    ...(reward_model !== undefined && { reward_model }),
    ...(policy !== undefined && { policy }),
  };
  return (
    <PopupDialog
      open
      onOpen={(open) => !open && onClose()}
      place="side"
      title={t.metrics[series.metric].name}
      about={t.rowsAbout[series.rows](shown)}
    >
      {series.rows === 'answers' && (
        <AnswerRows filter={series.metric === 'error_rate' ? { ...filter, status: 'failed' } : filter} />
      )}
      {series.rows === 'feedback' && <FeedbackRows filter={filter} />}
      {series.rows === 'outcomes' && <OutcomeRows filter={span} kind={series.metric} />}
    </PopupDialog>
  );
}
