/** What a process started by a test keeps of the environment: nothing of Attune's, which tests set themselves. */
export function ownEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'NODE_COMPILE_CACHE'];
  return Object.fromEntries(kept.map((name) => [name, process.env[name] ?? '']));
}
