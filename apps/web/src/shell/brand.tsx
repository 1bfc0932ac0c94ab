/** Name and mark of the product. */
export function Brand({ narrow = false }: { narrow?: boolean }) {
  return (
    <span className="flex items-center gap-2.5 font-semibold text-[1.0625rem] tracking-tight">
      <img src="/icon.svg" alt="" className="size-7" />
      <span className={narrow ? 'sr-only' : ''}>Attune</span>
    </span>
  );
}
