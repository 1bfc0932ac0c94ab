import type { Alert } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { TextField } from '../../shell/parts/text-field.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { ChoiceField } from './choice-field.tsx';

const spans = ['1', '8', '24', '168'] as const;

/** Keeps one subject of a rule quiet, or the whole rule, for some time and a reason. */
export function SilenceAlert({ alert }: { alert: Alert }) {
  const t = useText(text).silences;
  const [open, setOpen] = useState(false);
  return (
    <PopupDialog
      title={t.begin}
      about={t.beginAbout}
      open={open}
      onOpen={setOpen}
      trigger={
        <button type="button" className="quiet-button">
          {t.begin}
        </button>
      }
    >
      <SilenceForm alert={alert} onDone={() => setOpen(false)} />
    </PopupDialog>
  );
}

function SilenceForm({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const t = useText(text).silences;
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState<(typeof spans)[number]>('8');
  const [reach, setReach] = useState<'subject' | 'kind'>('subject');
  const silence = useMutation({
    mutationFn: () => {
      const subject = reach === 'subject' ? alert.subject : null;
      return api.silenceAlerts({ body: { kind: alert.kind, subject, hours: Number(hours), reason } });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['alerts'] });
      await queries.invalidateQueries({ queryKey: ['alert-silences'] });
      onDone();
    },
  });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        silence.mutate();
      }}
    >
      {silence.isError && <ErrorNotice error={silence.error} />}
      <TextField label={t.reason} maxLength={500} value={reason} onValue={setReason} />
      <ChoiceField
        label={t.hours}
        options={spans.map((value) => ({ value, label: t.spans[value] }))}
        value={hours}
        onValue={setHours}
      />
      {alert.subject !== '' && (
        <ChoiceField
          label={t.reach}
          options={[
            { value: 'subject', label: t.thisSubject },
            { value: 'kind', label: t.wholeKind },
          ]}
          value={reach}
          onValue={setReach}
        />
      )}
      <button type="submit" className="main-button justify-self-end" disabled={silence.isPending}>
        {t.begin}
      </button>
    </form>
  );
}
