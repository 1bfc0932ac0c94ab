/** What a run does, in order, with the share of the whole work that is done when the stage begins. */
const stages = { reading: 0, training: 0.05, fitting: 0.65, evaluating: 0.85, registering: 0.97 } as const;
export type Stage = keyof typeof stages;

/** Share of the whole run, 0–1, when `done` of `total` of a stage is done. */
export function overallProgress(stage: Stage, done: number, total: number): number {
  const starts = Object.values(stages);
  const begin = stages[stage];
  const end = starts.find((start) => start > begin) ?? 1;
  return begin + (end - begin) * (total > 0 ? Math.min(1, done / total) : 0);
}
