/** Name of the queue that brings waiting jobs to a runner. */
export const TRAIN = 'learn.train';
