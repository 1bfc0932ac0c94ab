/** How demo data is told from people's own: whoever loads the demo names its sessions, raters and data sets so. */
export const DEMO_MARK = 'attune-demo:';

/** Names of the data sets that the demo freezes. */
export const demoDatasets = {
  all: 'demo',
  fold: (number: number) => `demo-fold-${number}`,
  /** SQL pattern of the names above. */
  pattern: '^demo(-fold-[0-9]+)?$',
} as const;

/** Strategy that the demo's recorded answers carry. */
export const DEMO_METHOD = 'retrieved_passage';
