/** Name of the queue that takes runs of rules from step to step. */
export const RETRAIN = 'learn.retrain';
