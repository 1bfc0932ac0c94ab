import type { Member, Role } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { Choice } from '../shell/parts/choice.tsx';
import { text as shellText } from '../shell/text.ts';
import { useText } from '../text/use-text.ts';
import { membersQuery } from './members-query.ts';
import { roles } from './roles.ts';
import { text } from './text.ts';

/** The role of a member, changed at once; a corner message takes it back. */
export function MemberRole({ member }: { member: Member }) {
  const t = useText(text).members;
  const names = useText(shellText).roles;
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const who = member.name === '' ? member.email : member.name;
  const change = useMutation({
    mutationFn: (role: Role) => api.updateMember({ params: { id: member.id }, body: { role } }),
    onSuccess: (changed) => {
      const undo = changed.role === member.role ? undefined : () => change.mutate(member.role);
      say(t.roleChanged(who, names[changed.role]), undo && { undo });
    },
    onError: sayError,
    onSettled: () => queries.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
  return (
    <Choice
      label={t.roleOf(who)}
      options={roles.map((value) => ({ value, label: names[value] }))}
      value={change.isPending ? change.variables : member.role}
      onValue={(role) => change.mutate(role)}
    />
  );
}
