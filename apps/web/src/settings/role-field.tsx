import type { Role } from '@attune/contracts';
import { text as shellText } from '../shell/text.ts';
import { useText } from '../text/use-text.ts';
import { roles } from './roles.ts';
import { text } from './text.ts';

/** One of the roles, each with what it may do. */
export function RoleField({ role, onRole }: { role: Role; onRole: (role: Role) => void }) {
  const t = useText(text).members;
  const names = useText(shellText).roles;
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t.role}</legend>
      {roles.map((value) => (
        <label key={value} className="flex min-h-8 items-baseline gap-2 text-sm">
          <input type="radio" name="role" checked={role === value} onChange={() => onRole(value)} />
          <span>
            {names[value]} <span className="text-faint">– {t.roles[value]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
