/** The columns of a job that starts over: nothing is left of the run before. */
export const waitingAgain = {
  status: 'pending',
  job_id: null,
  progress: 0,
  error_message: null,
  started_at: null,
  completed_at: null,
} as const;
