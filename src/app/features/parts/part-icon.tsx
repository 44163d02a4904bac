/** One mark per form, 16 × 16, in the current colour. */
import type { RecognisedPart } from './recognised.ts';

const paths: Record<RecognisedPart['kind'], string> = {
  crash: 'M4 2h5.2L12.5 5.3V14H4zM9 2v3.5h3.5M6.2 8.4h4M6.2 11h2.6',
  backtrace: 'M3 4h10M5 8h8M7 12h6',
  words: 'M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 3v10',
  registers: 'M4.5 4.5h7v7h-7zM6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14',
  mappings: 'M2.5 4.2L6 2.8l4 1.4 3.5-1.4v9L10 13.2l-4-1.4-3.5 1.4zM6 2.8v9M10 4.2v9',
  code: 'M2.5 3h11v10h-11zM5 6.2l2 1.8-2 1.8M8.4 10h2.6',
  runtime: 'M8 2.5l6 10.8H2zM8 6.8v3M8 11.6v.1',
  race: 'M3 5h7.5M8.2 2.8L10.6 5 8.2 7.2M13 11H5.5M7.8 8.8L5.4 11l2.4 2.2',
  other: 'M7 2.8a4.2 4.2 0 1 1 0 8.4a4.2 4.2 0 1 1 0-8.4zM10.2 10.2l3.3 3.3',
};

export function PartIcon({ kind }: { kind: RecognisedPart['kind'] }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[kind]} />
    </svg>
  );
}
