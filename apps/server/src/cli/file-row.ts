/** A row of an import file with the line it begins on, or what is wrong with that line. */
export type FileRow = { line: number; data: Record<string, unknown> } | { line: number; message: string };
