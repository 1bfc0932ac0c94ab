import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useText } from '../../text/use-text.ts';
import { KeyCap } from '../keys/key-cap.tsx';
import { text } from '../text.ts';
import type { Command } from './commands.ts';
import { type CommandGroup, usePaletteCommands } from './palette-commands.ts';
import { paletteOpener } from './palette-opener.ts';

/** Finds pages and commands by a few letters. */
export function PaletteDialog({ open }: { open: boolean }) {
  const t = useText(text);
  return (
    <Dialog.Root open={open} onOpenChange={paletteOpener.set}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label={t.palette.title}
          className="popup fixed top-[12dvh] left-1/2 z-50 flex max-h-[min(32rem,76dvh)] w-136 max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-col overflow-hidden"
        >
          <CommandList />
          <Dialog.Close className="sr-only">{t.close}</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CommandList() {
  const t = useText(text).palette;
  const groups = usePaletteCommands();
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      itemToStringValue={({ label }: Command) => label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-3 border-line border-b px-4">
        <Search aria-hidden className="size-4.5 text-faint" />
        <Autocomplete.Input
          aria-label={t.title}
          placeholder={t.placeholder}
          className="h-12 w-full bg-transparent outline-none placeholder:text-faint"
        />
      </div>
      <Autocomplete.Empty>
        <p className="px-4 py-8 text-center text-soft text-sm empty:hidden">{t.nothing}</p>
      </Autocomplete.Empty>
      <Autocomplete.List className="overflow-y-auto p-1.5 empty:hidden">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1.5">
            <Autocomplete.GroupLabel className="eyebrow px-2.5 py-1.5">{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => <CommandItem key={command.id} command={command} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function CommandItem({ command }: { command: Command }) {
  const { label, icon: Icon, keyName, run } = command;
  const choose = () => {
    paletteOpener.set(false);
    run();
  };
  return (
    <Autocomplete.Item value={command} onClick={choose} className="menu-item cursor-pointer scroll-my-1.5">
      {Icon ? <Icon aria-hidden className="size-4 text-faint" /> : <span className="size-4" />}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {keyName !== undefined && <KeyCap name={keyName} />}
    </Autocomplete.Item>
  );
}
