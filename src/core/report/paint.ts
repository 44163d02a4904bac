/** Colours of the terminal report. Form and words carry the meaning as well: without colour nothing is lost. */
export type Tone = 'plain' | 'strong' | 'quiet' | 'bad' | 'warn' | 'link' | 'return' | 'argument' | 'accent';

/** SGR parameters (ECMA-48): the sixteen basic colours follow the person's own theme. */
const codes: Record<Tone, string> = {
  plain: '',
  strong: '1',
  quiet: '2',
  bad: '1;31',
  warn: '33',
  link: '34',
  return: '35',
  argument: '36',
  accent: '1;34',
};

export type Paint = (tone: Tone, text: string) => string;

export function paintFor(color: boolean): Paint {
  return (tone, text) => (color && codes[tone] !== '' && text !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text);
}
