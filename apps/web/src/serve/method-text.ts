const names: Record<string, string> = {
  as_requested: 'as requested',
  top_k_50: 'top-k 50',
  retrieval: 'from documents',
  recorded: 'recorded answer',
};

/** How a candidate was made, in words: `temperature_0.7` is `temperature 0.7`. */
export function methodText(method: string): string {
  return names[method] ?? method.replaceAll('_', ' ');
}
