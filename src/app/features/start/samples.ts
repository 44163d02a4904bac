/** The sample gallery: files of this site, listed in samples/index.json. */
export interface Sample {
  file: string;
  title: string;
  story: string;
  kind: string;
}

function isSample(value: unknown): value is Sample {
  if (typeof value !== 'object' || value === null) return false;
  const has = (key: string) => key in value && typeof Reflect.get(value, key) === 'string';
  return has('file') && has('title') && has('story') && has('kind');
}

export function parseSamples(value: unknown): Sample[] {
  return Array.isArray(value) ? value.filter(isSample) : [];
}

function sampleUrl(file: string): URL {
  return new URL(`samples/${file}`, document.baseURI);
}

export async function loadSamples(): Promise<Sample[]> {
  const response = await fetch(sampleUrl('index.json'));
  if (!response.ok) throw new Error(`samples/index.json: ${response.status}`);
  const list: unknown = await response.json();
  return parseSamples(list);
}

export async function loadSample(sample: Sample): Promise<Uint8Array> {
  const response = await fetch(sampleUrl(sample.file));
  if (!response.ok) throw new Error(`${sample.file}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
