/** Go releases by number. */

/** 26 of '1.26.3' and 'go1.26'; undefined where no release is known. */
export function goMinor(version: string | null | undefined): number | undefined {
  const text = /^(?:go)?1\.(\d{1,3})/.exec(version ?? '')?.[1];
  return text === undefined ? undefined : Number(text);
}
