import { useQuery } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import type { JobNews } from './use-job-events.ts';

const looks = { info: '', warning: 'text-warn', error: 'text-bad' };

/** What a run said in words, and what its process printed. */
export function JobLog({ id, logs }: { id: string; logs: JobNews['logs'] }) {
  const t = useText(text);
  const { moment } = useFormats();
  return (
    <div className="space-y-6">
      {logs.length === 0 ? (
        <p className="text-soft text-sm">{t.noLog}</p>
      ) : (
        <ol className="card max-h-120 space-y-1 overflow-y-auto p-4 font-mono text-xs">
          {logs.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own and only grow at the end.
            <li key={index} className={`[overflow-wrap:anywhere] ${looks[line.level ?? 'info']}`}>
              <time dateTime={line.at} className="mr-3 text-faint">
                {moment(line.at)}
              </time>
              {line.message}
            </li>
          ))}
        </ol>
      )}
      <Printed id={id} />
    </div>
  );
}

function Printed({ id }: { id: string }) {
  const t = useText(text);
  const trains = mayAct(useMe().role, 'trainer');
  const printed = useQuery({
    queryKey: ['jobs', id, 'log'],
    queryFn: ({ signal }) => api.jobLog({ params: { id } }, { signal }),
    enabled: trains,
  });
  if (!printed.data || printed.data.text.trim() === '') return null;
  return (
    <section>
      <h2 className="eyebrow mb-2">{t.printed}</h2>
      <pre className="card max-h-120 overflow-auto whitespace-pre-wrap p-4 text-xs [overflow-wrap:anywhere]">
        {printed.data.text}
      </pre>
    </section>
  );
}
