import type { AlertChannel } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Confirm } from '../../shell/parts/confirm.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ToggleSwitch } from '../../shell/parts/toggle-switch.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { channelsQuery } from './alert-queries.ts';
import { NewChannel } from './new-channel.tsx';

/** Where alerts are told. */
export function Channels() {
  const t = useText(text).channels;
  const channels = useQuery(channelsQuery);
  if (channels.isError) return <ErrorNotice error={channels.error} onRetry={() => channels.refetch()} />;
  if (channels.isPending) return <Loading what={t.what} />;
  return (
    <>
      <div className="mb-4">
        <NewChannel />
      </div>
      {channels.data.items.length === 0 ? (
        <Empty icon={Send} title={t.none}>
          {t.noneAbout}
        </Empty>
      ) : (
        <ul className="card divide-y divide-line">
          {channels.data.items.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
    </>
  );
}

function ChannelRow({ channel }: { channel: AlertChannel }) {
  const t = useText(text);
  const { id, kind, name, target, email, last_delivery: last } = channel;
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-4" data-channel={name}>
      <div className="min-w-56 flex-1">
        <p className="font-medium text-sm">{name}</p>
        <p className="text-soft text-sm [overflow-wrap:anywhere]">
          {t.channels.kinds[kind]}, {email === null ? target : email.to.join(', ')}
        </p>
        {last !== null && (
          <p className={`text-xs ${last.state === 'delivered' ? 'text-faint' : 'text-warn'}`}>
            {t.channels.last}: {t.alerts.deliveryStates[last.state]}
            {last.error !== null && ` – ${last.error}`}
          </p>
        )}
      </div>
      <SendReports channel={channel} />
      <PauseChannel channel={channel} />
      <TestChannel id={id} />
      <RemoveChannel channel={channel} />
    </li>
  );
}

function SendReports({ channel: { id, kind, reports } }: { channel: AlertChannel }) {
  const t = useText(text).channels;
  const queries = useQueryClient();
  const { sayError } = useSay();
  const change = useMutation({
    mutationFn: (on: boolean) => api.updateAlertChannel({ params: { id }, body: { kind, reports: on } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alert-channels'] }),
    onError: sayError,
  });
  return (
    <ToggleSwitch
      label={t.reports}
      on={reports}
      onSwitch={(on) => change.mutate(on)}
      disabled={change.isPending}
    />
  );
}

function PauseChannel({ channel: { id, kind, paused } }: { channel: AlertChannel }) {
  const t = useText(text).channels;
  const queries = useQueryClient();
  const { sayError } = useSay();
  const change = useMutation({
    mutationFn: (on: boolean) => api.updateAlertChannel({ params: { id }, body: { kind, paused: !on } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alert-channels'] }),
    onError: sayError,
  });
  return (
    <ToggleSwitch
      label={paused ? t.paused : t.active}
      on={!paused}
      onSwitch={(on) => change.mutate(on)}
      disabled={change.isPending}
    />
  );
}

function TestChannel({ id }: { id: string }) {
  const t = useText(text).channels;
  const { say, sayError } = useSay();
  const test = useMutation({
    mutationFn: () => api.testAlertChannel({ params: { id } }),
    onSuccess: ({ delivered }) => delivered && say(t.tested),
    onError: sayError,
  });
  return (
    <div className="grid justify-items-end gap-1">
      <button type="button" className="line-button" disabled={test.isPending} onClick={() => test.mutate()}>
        {t.test}
      </button>
      {test.data?.delivered === false && (
        <p role="alert" className="max-w-64 text-bad text-xs [overflow-wrap:anywhere]">
          {test.data.error}
        </p>
      )}
    </div>
  );
}

function RemoveChannel({ channel: { id, name } }: { channel: AlertChannel }) {
  const t = useText(text).channels;
  const queries = useQueryClient();
  const { sayError } = useSay();
  const remove = async () => {
    try {
      await api.deleteAlertChannel({ params: { id } });
    } catch (error) {
      sayError(error);
      return false;
    }
    await queries.invalidateQueries({ queryKey: ['alert-channels'] });
    return true;
  };
  return (
    <Confirm
      title={t.removeTitle(name)}
      about={t.removeAbout}
      action={t.remove}
      onConfirm={remove}
      trigger={
        <button type="button" className="quiet-button">
          {t.remove}
        </button>
      }
    />
  );
}
