interface ScrolledCodeProps {
  label: string;
  code: string;
  className?: string;
}

/** Text of fixed width, which scrolls by itself where it does not fit. */
export function ScrolledCode({ label, code, className = '' }: ScrolledCodeProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label={label} tabIndex={0} className={`overflow-auto ${className}`}>
      <pre className="text-xs leading-5">{code}</pre>
    </section>
  );
}
