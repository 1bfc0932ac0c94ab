/** Whose conversations. */
export interface Owner {
  readonly organization: string;
  readonly asker: string;
}
