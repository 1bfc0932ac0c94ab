import { useKeys } from '../shell/keys/use-keys.ts';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { branchesOf } from './chat.ts';
import { composerField } from './composer-field.ts';
import { useConversation, useShownChat } from './conversation-view.ts';
import { editing } from './question-editing.ts';
import { useShownAccounts } from './shown-accounts.ts';
import { text } from './text.ts';

/** Keys for the newest question and its answer. */
export function TurnKeys() {
  const t = useText(text).keys;
  const { role } = useMe();
  const { chat, turns } = useShownChat();
  const { writing, again, turnTo } = useConversation();
  const last = turns.at(-1);
  const { toggle } = useShownAccounts(last?.key ?? '');
  const turn = (by: 1 | -1) => {
    if (last === undefined) return;
    const branches = branchesOf(chat, last);
    const to = branches[branches.findIndex(({ key }) => key === last.key) + by];
    if (to !== undefined) turnTo(to.key);
  };
  useKeys(
    {
      i: { says: t.write, does: composerField.focus },
      e: { says: t.edit, does: () => last && editing.begin(last.key) },
      r: { says: t.again, does: () => last && void again(last) },
      '[': { says: t.before, does: () => turn(-1) },
      ']': { says: t.after, does: () => turn(1) },
      w: { says: t.did, does: toggle },
    },
    { help: t.title, when: last !== undefined && !writing && mayAct(role, 'rater') },
  );
  return null;
}
