/** A reward model that can score, and where its file is. */
export interface LiveModel {
  modelId: string;
  artifactSha256: string;
}
