/** Text in which backticks mark what is typed literally, as hints of the server do. */
export function CodeMarks({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes its parts.
      <code key={index} className="rounded bg-surface px-1 py-0.5 text-[0.9em]">
        {part}
      </code>
    ),
  );
}
