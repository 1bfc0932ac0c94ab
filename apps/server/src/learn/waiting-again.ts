/** The columns of a job that waits for a runner again: nothing is said of the run before. */
export const waitingAgain = {
  status: 'pending',
  job_id: null,
  progress: 0,
  stage: null,
  seconds_left: null,
  error_message: null,
  failure_code: null,
  started_at: null,
  completed_at: null,
} as const;
