/** A version of the form major.minor.patch, with an optional pre-release as of Semantic Versioning 2.0.0. */
interface Version {
  numbers: [number, number, number];
  /** Dot-separated identifiers after the hyphen; empty for a release. */
  prerelease: string[];
}

const form =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*))?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/;

function parse(version: string): Version {
  const match = form.exec(version);
  if (match === null) throw new RangeError(`not a semantic version: ${version}`);
  const [, major, minor, patch, prerelease] = match;
  return { numbers: [Number(major), Number(minor), Number(patch)], prerelease: prerelease?.split('.') ?? [] };
}

/** Whether a text is a semantic version. */
export function isVersion(text: string): boolean {
  return form.test(text);
}

/** Order of precedence, for sorting: below 0 when a comes before b (semver.org, item 11). @throws RangeError on other texts */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parse(a), parse(b)];
  for (const [place, number] of x.numbers.entries()) {
    if (number !== y.numbers[place]) return number - y.numbers[place]!;
  }
  return comparePrereleases(x.prerelease, y.prerelease);
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [place, identifier] of a.entries()) {
    const other = b[place];
    if (other === undefined) return 1;
    const order = compareIdentifiers(identifier, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (x && y) return Number(a) - Number(b);
  if (x !== y) return x ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * The version after the highest of those given: 1.0.0 when there is none.
 * @param change what is raised; lower places start at 0 again
 */
export function nextVersion(
  versions: readonly string[],
  change: 'major' | 'minor' | 'patch' = 'minor',
): string {
  const highest = versions.toSorted(compareVersions).at(-1);
  if (highest === undefined) return '1.0.0';
  const [major, minor, patch] = parse(highest).numbers;
  if (change === 'major') return `${major + 1}.0.0`;
  return change === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
