/** What a job is found by: never by its id alone. */
export interface JobKey {
  readonly id: string;
  readonly organization: string;
}
