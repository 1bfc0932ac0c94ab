import type { Room } from '@attune/contracts';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

const rooms: readonly Room[] = ['serve', 'collect', 'curate', 'learn', 'ship', 'watch', 'identity'];

/** The rooms that a key is limited to. */
export function ScopesField(props: { scopes: readonly Room[]; onScopes: (scopes: readonly Room[]) => void }) {
  const { scopes, onScopes } = props;
  const t = useText(text).keys;
  const toggle = (room: Room) =>
    onScopes(scopes.includes(room) ? scopes.filter((one) => one !== room) : [...scopes, room]);
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t.scopes}</legend>
      <div className="flex flex-wrap gap-x-5">
        {rooms.map((room) => (
          <label key={room} className="flex min-h-8 items-center gap-2 text-sm">
            <input type="checkbox" checked={scopes.includes(room)} onChange={() => toggle(room)} />
            {t.rooms[room]}
          </label>
        ))}
      </div>
      <p className="mt-1 text-faint text-xs">{t.scopesHint}</p>
    </fieldset>
  );
}
