import type { Member } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { Confirm } from '../shell/parts/confirm.tsx';
import { PopupDialog } from '../shell/parts/popup-dialog.tsx';
import { useFormats, useText } from '../text/use-text.ts';
import { membersQuery } from './members-query.ts';
import { ShownOnce } from './shown-once.tsx';
import { text } from './text.ts';

/** A new sign-in link for a member, and the way out. */
export function MemberActions({ member }: { member: Member }) {
  const who = member.name === '' ? member.email : member.name;
  return (
    <div className="flex justify-end gap-1">
      <NewLink id={member.id} who={who} />
      <Remove id={member.id} who={who} />
    </div>
  );
}

function NewLink({ id, who }: { id: string; who: string }) {
  const t = useText(text).members;
  const { moment } = useFormats();
  const { sayError } = useSay();
  const [link, setLink] = useState<{ url: string; until: string } | null>(null);
  const create = useMutation({
    mutationFn: () => api.memberLink({ params: { id } }),
    onSuccess: ({ sign_in_url, expires_at }) => setLink({ url: sign_in_url, until: expires_at }),
    onError: sayError,
  });
  return (
    <>
      <button
        type="button"
        className="quiet-button whitespace-nowrap"
        disabled={create.isPending}
        onClick={() => create.mutate()}
      >
        {t.newLink}
      </button>
      <PopupDialog title={t.linkFor(who)} open={link !== null} onOpen={(open) => !open && setLink(null)}>
        {link !== null && (
          <ShownOnce label={t.link} value={link.url} about={t.linkAbout(moment(link.until))} />
        )}
      </PopupDialog>
    </>
  );
}

function Remove({ id, who }: { id: string; who: string }) {
  const t = useText(text).members;
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const remove = useMutation({
    mutationFn: () => api.removeMember({ params: { id } }),
    onSuccess: () => {
      say(t.removed(who));
      return queries.invalidateQueries({ queryKey: membersQuery.queryKey });
    },
    onError: sayError,
  });
  return (
    <Confirm
      trigger={
        <button type="button" className="quiet-button text-bad">
          {t.remove}
        </button>
      }
      title={t.removeTitle(who)}
      about={t.removeAbout}
      action={t.remove}
      onConfirm={() =>
        remove.mutateAsync().then(
          () => true,
          () => false,
        )
      }
    />
  );
}
