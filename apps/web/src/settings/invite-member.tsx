import type { Role } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Field } from '../shell/parts/field.tsx';
import { PopupDialog } from '../shell/parts/popup-dialog.tsx';
import { useFormats, useText } from '../text/use-text.ts';
import { membersQuery } from './members-query.ts';
import { RoleField } from './role-field.tsx';
import { ShownOnce } from './shown-once.tsx';
import { text } from './text.ts';

/** Makes a member and the one-time link that signs them in. */
export function InviteMember() {
  const t = useText(text).members;
  const [open, setOpen] = useState(false);
  return (
    <PopupDialog
      title={t.invite}
      about={t.inviteAbout}
      open={open}
      onOpen={setOpen}
      trigger={
        <button type="button" className="main-button">
          <UserPlus aria-hidden className="size-4" /> {t.invite}
        </button>
      }
    >
      <InviteForm />
    </PopupDialog>
  );
}

function InviteForm() {
  const t = useText(text).members;
  const { moment } = useFormats();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('rater');
  const invite = useMutation({
    mutationFn: () => api.inviteMember({ body: { email: email.trim(), name: name.trim(), role } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
  if (invite.isSuccess) {
    const { sign_in_url, expires_at } = invite.data;
    return <ShownOnce label={t.link} value={sign_in_url} about={t.linkAbout(moment(expires_at))} />;
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate();
      }}
    >
      {invite.isError && <ErrorNotice error={invite.error} />}
      <Field label={t.email}>
        {(input) => (
          <input
            {...input}
            className="text-field"
            type="email"
            required
            maxLength={320}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t.name}>
        {(input) => (
          <input
            {...input}
            className="text-field"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <RoleField role={role} onRole={setRole} />
      <button type="submit" className="main-button justify-self-end" disabled={invite.isPending}>
        {t.create}
      </button>
    </form>
  );
}
