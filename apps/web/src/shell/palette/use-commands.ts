import { useEffect, useRef } from 'react';
import { type Command, pageCommands } from './commands.ts';

/**
 * Puts what a page can do into the command palette while the component is on the screen; under a heading of their own
 * where they are something else than actions, as recent conversations.
 */
export function useCommands(commands: readonly Command[], heading: string | null = null): void {
  const newest = useRef(commands);
  useEffect(() => {
    newest.current = commands;
  });
  const said = JSON.stringify(commands.map(({ id, label }) => [id, label]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: commands are new objects at every drawing; what they say tells whether they changed.
  useEffect(() => {
    const run = (id: string) => newest.current.find((command) => command.id === id)?.run();
    const commands = newest.current.map((command) => ({ ...command, run: () => run(command.id) }));
    return pageCommands.add({ heading, commands });
  }, [said, heading]);
}
